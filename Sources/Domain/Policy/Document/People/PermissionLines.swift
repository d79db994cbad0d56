/// The lines of a role's permissions and what they stand for; only lines that change are read, so that a key costs
/// the same in a role with thousands of them.
struct PermissionLines: Hashable, Sendable {
    enum Reading: Hashable, Sendable {
        case blank
        case permission(Permission)
        case problem(LineProblem)
    }

    private var texts: [String]
    private(set) var readings: [Reading]

    init(_ permissions: [Permission] = []) {
        texts = permissions.map(PermissionText.text)
        readings = permissions.map { .permission($0) }
    }

    var permissions: [Permission] {
        readings.compactMap { if case .permission(let permission) = $0 { permission } else { nil } }
    }

    mutating func replace(with texts: [String]) {
        let shorter = min(texts.count, self.texts.count)
        var start = 0
        while start < shorter, texts[start] == self.texts[start] { start += 1 }
        var same = 0
        while same < shorter - start, texts[texts.count - 1 - same] == self.texts[self.texts.count - 1 - same] {
            same += 1
        }
        readings.replaceSubrange(
            start..<readings.count - same, with: texts[start..<texts.count - same].map(Self.reading))
        self.texts = texts
    }

    private static func reading(_ text: String) -> Reading {
        guard !text.unicodeScalars.allSatisfy(\.properties.isWhitespace) else { return .blank }
        do throws(LineProblem) {
            return .permission(try PermissionText.permission(text))
        } catch {
            return .problem(error)
        }
    }
}
