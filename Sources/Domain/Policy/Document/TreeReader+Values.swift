extension TreeReader {
    /// A text; a whole number and true or false count as the text that they are written as.
    package mutating func text(of tree: PolicyTree) -> String? {
        switch tree.content {
        case .text(let text): return text
        case .integer(let number): return String(number)
        case .flag(let flag): return flag ? "true" : "false"
        case .nothing: report("has no value", at: tree.place)
        case .list, .map: report("must be one value", at: tree.place)
        }
        return nil
    }

    package mutating func text(_ name: String) -> String? {
        field(name) { tree, reader in reader.text(of: tree) }
    }

    package mutating func integer(_ name: String) -> Int? {
        field(name) { tree, reader in
            switch tree.content {
            case .integer(let number): return number
            case .text(let text): reader.report("\(SafeText.quoted(text)) is no whole number", at: tree.place)
            case .list, .map, .flag, .nothing: reader.report("must be a whole number", at: tree.place)
            }
            return nil
        }
    }

    package mutating func flag(_ name: String) -> Bool? {
        field(name) { tree, reader in
            if case .flag(let flag) = tree.content { return flag }
            reader.report("must be true or false", at: tree.place)
            return nil
        }
    }

    package mutating func name<Thing>(_ field: String) -> Name<Thing>? {
        self.field(field) { tree, reader in reader.name(of: tree) }
    }

    package mutating func names<Thing>(_ field: String) -> [Name<Thing>]? {
        elements(field) { tree, reader in reader.name(of: tree) }
    }

    private mutating func name<Thing>(of tree: PolicyTree) -> Name<Thing>? {
        guard let text = text(of: tree) else { return nil }
        do {
            return try Name(text)
        } catch {
            report("\(error)", at: tree.place)
            return nil
        }
    }

    /// One of a few words.
    package mutating func word<Value>(of tree: PolicyTree, among words: [(String, Value)]) -> Value? {
        guard let text = text(of: tree) else { return nil }
        if let found = words.first(where: { $0.0 == text }) { return found.1 }
        report("there is no \(SafeText.quoted(text))" + Self.hint(text, among: words.map(\.0)), at: tree.place)
        return nil
    }

    package mutating func word<Value>(_ name: String, among words: [(String, Value)]) -> Value? {
        field(name) { tree, reader in reader.word(of: tree, among: words) }
    }

    package mutating func words<Value: Hashable>(_ name: String, among words: [(String, Value)]) -> Set<Value>? {
        guard let values = elements(name, { $1.word(of: $0, among: words) }) else { return nil }
        return Set(values)
    }

    /// A length of time in whole seconds, as in `90s`, `10m`, `1h`, `30d`.
    package mutating func seconds(_ name: String) -> Int? {
        field(name) { tree, reader in
            guard let text = reader.text(of: tree) else { return nil }
            guard let seconds = Seconds.parse(text) else {
                reader.report("\(SafeText.quoted(text)) is no time span; \(Seconds.form)", at: tree.place)
                return nil
            }
            return seconds
        }
    }

    /// A moment with its date, in UTC unless it says otherwise.
    package mutating func moment(_ name: String) -> Timestamp? {
        field(name) { tree, reader in
            guard let text = reader.text(of: tree) else { return nil }
            // Nothing relative to the time of reading: a file must mean the same every day.
            let hasDate = text.utf8.count >= 10 && text.utf8.dropFirst(4).first == UInt8(ascii: "-")
            guard hasDate, let time = TimeText.parse(text, now: .distantPast, zone: .utc) else {
                reader.report("\(SafeText.quoted(text)) is no time; \(TreeForm.moment)", at: tree.place)
                return nil
            }
            return time
        }
    }

    package mutating func pattern(_ name: String) -> RoutePattern? {
        field(name) { tree, reader in
            guard let text = reader.text(of: tree) else { return nil }
            do {
                return try RoutePattern(text)
            } catch {
                reader.report("\(SafeText.quoted(text)): \(error)", at: tree.place)
                return nil
            }
        }
    }

    /// A list of methods, or `all`.
    package mutating func methods(_ name: String) -> MethodSet? {
        let isAll = field(name) { tree, _ in tree.content == .text("all") }
        if isAll == true { return .all }
        return words(name, among: Method.allCases.map { ($0.name, $0) }).map { MethodSet($0) }
    }
}

/// Time spans as policy files have them.
enum Seconds {
    static let form = "write it like 90s, 10m, 1h or 30d"

    static func parse(_ text: String) -> Int? {
        guard let microseconds = DurationText.parse(text), microseconds % 1_000_000 == 0 else { return nil }
        return Int(microseconds / 1_000_000)
    }

    static func text(_ seconds: Int) -> String {
        let (microseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000)
        return overflow ? "\(seconds)s" : DurationText.exact(microseconds)
    }
}
