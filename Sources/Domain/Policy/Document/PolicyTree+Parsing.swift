extension PolicyTree {
    private static let mostLevels = 32

    /// Reads JSON strictly: one value, whole numbers, no name twice, valid UTF-8, at most 32 levels deep.
    package init(parsingJSON bytes: some Sequence<UInt8>) throws(JSONError) {
        var parser = JSONParser(bytes: Array(bytes), deepest: Self.mostLevels, numbers: .whole)
        try self.init(try parser.document())
    }

    private init(_ value: JSONValue) throws(JSONError) {
        switch value {
        case .null: self.init(.nothing)
        case .bool(let flag): self = .flag(flag)
        case .integer(let number): self = .integer(Int(number))
        case .number: throw JSONError(offset: 0, problem: .number)
        case .string(let text): self = .text(text)
        case .array(let elements):
            self = .list(try elements.map { element throws(JSONError) in try PolicyTree(element) })
        case .object(let members):
            self = .map(
                try members.map { member throws(JSONError) in Member(member.name, try PolicyTree(member.value)) })
        }
    }
}
