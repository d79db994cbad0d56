/// What a segment of a path becomes in a route template.
enum PathSegment: Equatable {
    /// A word that belongs to the route, made of unreserved characters and a few more; at most `longestWord` bytes.
    case word(ArraySlice<UInt8>)
    case placeholder(Placeholder)
    /// A placeholder and a file extension, as in `{id}.json`.
    case file(Placeholder, ArraySlice<UInt8>)

    enum Placeholder: Int, CaseIterable {
        /// A number, or a word that ends in four digits or more: `42`, `-7`, `1,2,3`, `52.5163`, `INV-2026`.
        case id
        case uuid
        /// Hexadecimal or base64url that looks random, a JSON Web Token, or a secret that was taken out.
        case hash
        /// A date by ISO 8601, also without day or with time.
        case date
        case email
        /// An IP address.
        case address
        /// A word where a node of the tree of routes already had its fill of words.
        case name
        /// What is neither: other characters than a route's, `..`, or too long.
        case text
        /// All that follows in a path that is too deep.
        case rest

        /// How it stands in a template: `{id}`.
        var text: ArraySlice<UInt8> { Self.texts[rawValue] }

        static let texts = allCases.map { Array("{\($0)}".utf8)[...] }
    }

    static let longestWord = 64
    private static let longestSegment = 1024
    private static let longestExtension = 5
    private static let webTokenStart = Array("eyJ".utf8)

    init(_ raw: ArraySlice<UInt8>) {
        // Matrix parameters (RFC 3986, section 3.3) are no part of a route.
        let segment = raw[raw.startIndex..<(raw.firstIndex(of: UInt8(ascii: ";")) ?? raw.endIndex)]
        guard segment.count <= Self.longestSegment else {
            self = .placeholder(.text)
            return
        }
        guard segment.contains(UInt8(ascii: "%")) else {
            self.init(decoded: segment)
            return
        }
        guard let decoded = Unescaped(segment.span) else {
            self = .placeholder(.text)
            return
        }
        self.init(decoded: decoded.bytes[...])
    }

    private init(decoded segment: ArraySlice<UInt8>) {
        if let placeholder = Self.placeholder(for: segment) {
            self = .placeholder(placeholder)
            return
        }
        if let dot = segment.lastIndex(of: UInt8(ascii: ".")), dot > segment.startIndex {
            let suffix = segment[(dot + 1)...]
            let isExtension =
                (1...Self.longestExtension).contains(suffix.count) && suffix.allSatisfy { $0.isLetter || $0.isDigit }
                && suffix.contains { $0.isLetter }
            if isExtension, let placeholder = Self.placeholder(for: segment[..<dot]) {
                self = .file(placeholder, segment[dot...])
                return
            }
        }
        let isWord =
            segment.count <= Self.longestWord && segment.allSatisfy(\.isInWord)
            && segment.contains { $0 != UInt8(ascii: ".") }
        self = isWord ? .word(segment) : .placeholder(.text)
    }

    private static func placeholder(for segment: ArraySlice<UInt8>) -> Placeholder? {
        let shape = SegmentShape(segment)
        if shape.isNumber { return .id }
        if shape.digits == 0 {
            if segment.contains(UInt8(ascii: "@")), isEmail(segment) { return .email }
            if segment.elementsEqual(Redaction.mark) { return .hash }
        } else {
            if isUUID(segment) { return .uuid }
            if isDate(segment) { return .date }
            if segment.contains(UInt8(ascii: "@")), isEmail(segment) { return .email }
            if shape.others > 0 || shape.dots == 3, segment.count <= 45, IPAddress(bytes: Array(segment)) != nil {
                return .address
            }
        }
        if segment.count >= 20, segment.starts(with: webTokenStart) { return .hash }
        if shape.looksRandom { return .hash }
        if shape.trailingDigits >= 4, shape.others == 0 { return .id }
        return nil
    }

    private static func isUUID(_ segment: ArraySlice<UInt8>) -> Bool {
        guard segment.count == 36 else { return false }
        for (offset, byte) in segment.enumerated() {
            switch offset {
            case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return false }
            default: guard Hex.value(byte) != nil else { return false }
            }
        }
        return true
    }

    /// `2026-11`, `2026-11-20`, or either followed by `T` and a time.
    private static func isDate(_ segment: ArraySlice<UInt8>) -> Bool {
        let date = segment.prefix { $0 != UInt8(ascii: "T") && $0 != UInt8(ascii: "t") }
        guard date.count == 7 || date.count == 10 else { return false }
        var numbers: [Int] = []
        for part in date.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false) {
            guard part.count == (numbers.isEmpty ? 4 : 2), part.allSatisfy(\.isDigit) else { return false }
            numbers.append(part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
        }
        guard numbers.count >= 2, (1...12).contains(numbers[1]) else { return false }
        return numbers.count == 2 || (1...31).contains(numbers[2])
    }

    private static func isEmail(_ segment: ArraySlice<UInt8>) -> Bool {
        let parts = segment.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, let user = parts.first, let host = parts.last, !user.isEmpty else { return false }
        guard let dot = host.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return dot > host.startIndex && dot < host.endIndex - 1
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }

    fileprivate var isLetter: Bool { (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self) }

    /// Whether a word of a route may hold the byte; braces may not, because placeholders have them.
    fileprivate var isInWord: Bool {
        if isDigit || isLetter { return true }
        switch self {
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"),
            UInt8(ascii: "@"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "$"),
            UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: ")"):
            return true
        default:
            return false
        }
    }
}
