extension Scope {
    package static let fields: [ItemField<Scope>] = [
        ItemField("note", TreeForm.text, "what it is for") { .filled($0.note) }
    ]

    init(_ name: Name<Scope>, reading reader: inout TreeReader) {
        self.init(name: name, note: reader.text("note") ?? "")
    }
}

extension Tier {
    package static let fields: [ItemField<Tier>] = [
        ItemField("note", TreeForm.text, "whom it is for") { .filled($0.note) }
    ]

    init(_ name: Name<Tier>, reading reader: inout TreeReader) {
        self.init(name: name, note: reader.text("note") ?? "")
    }
}
