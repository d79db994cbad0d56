/// The wanted values of one JSON line: where each one is.
struct JSONLine: Sendable {
    enum Kind: UInt8 {
        case text
        /// Text that has escapes.
        case escaped
        /// A number, `true` or `false`.
        case literal
        /// An empty text, or a hyphen.
        case unknown
        case emptyArray
        /// An array of other things than texts.
        case array
    }

    struct Value {
        var start: Int
        var end: Int
        var kind: Kind
    }

    private struct Note {
        var value = Value(start: 0, end: 0, kind: .unknown)
        var entry: Int16 = -1
    }

    private var notes = InlineArray<28, Note>(repeating: Note())
    /// One bit for each slot; what isn't present is stale.
    private var present: UInt32 = 0

    mutating func clear() { present = 0 }

    /// Notes a value, unless its slot has one that is as good: known beats unknown, then rank, then who came first.
    @inline(__always)
    mutating func note(_ value: Value, entry: Int16, _ table: JSONTable) {
        let index = Int(table.slots[Int(entry)].rawValue)
        if present & (1 << UInt32(index)) != 0, notes[index].value.kind != .unknown {
            let old = table.ranks[Int(notes[index].entry)]
            guard value.kind != .unknown, table.ranks[Int(entry)] > old else { return }
        }
        present |= 1 << UInt32(index)
        notes[index] = Note(value: value, entry: entry)
    }

    /// The value of a slot, known or not; nil when the line has no such key.
    @inline(__always)
    func given(_ slot: JSONSlot) -> Value? {
        present & (1 << UInt32(slot.rawValue)) != 0 ? notes[Int(slot.rawValue)].value : nil
    }

    /// The value of a slot; nil when it is missing, empty or a hyphen, or an array.
    @inline(__always)
    subscript(slot: JSONSlot) -> Value? {
        guard let value = given(slot) else { return nil }
        switch value.kind {
        case .text, .escaped, .literal: return value
        case .unknown, .emptyArray, .array: return nil
        }
    }

    /// How the slot's value is to be read.
    func form(_ slot: JSONSlot, _ table: JSONTable) -> JSONForm {
        table.forms[Int(notes[Int(slot.rawValue)].entry)]
    }
}
