/// The texts that many rows have in one field, each distinct text once: what is asked of a text is asked once for all
/// rows that have it.
package struct TextColumn: Sendable {
    /// All texts that there are, in the order in which they came.
    private var texts: [String] = []
    /// The numbers of each row's texts, one row after the other.
    private var numbers: [UInt32] = []
    /// Where each row's begin, and the end.
    private var starts: [UInt32] = [0]

    init(_ count: Int, _ texts: (_ row: Int) -> [String]) {
        var known: [String: UInt32] = [:]
        starts.reserveCapacity(count + 1)
        for row in 0..<count {
            for text in texts(row) {
                let next = UInt32(self.texts.count)
                let number = known[text, default: next]
                if number == next {
                    known[text] = next
                    self.texts.append(text)
                }
                numbers.append(number)
            }
            starts.append(UInt32(numbers.count))
        }
    }

    /// The rows of these of which one text passes, in their order. A text that none of them has is never asked.
    func narrow(_ rows: [Int32], to passes: (String) -> Bool) -> [Int32] {
        let (texts, starts, numbers) = (texts.span, starts.span, numbers.span)
        var answers = [Answer](repeating: .notAsked, count: texts.count)
        var asked = answers.mutableSpan
        return [Int32](unsafeUninitializedCapacity: rows.count) { found, count in
            for row in rows {
                for place in Int(starts[Int(row)])..<Int(starts[Int(row) + 1]) {
                    let number = Int(numbers[place])
                    if asked[number] == .notAsked { asked[number] = passes(texts[number]) ? .yes : .no }
                    guard asked[number] == .yes else { continue }
                    found[count] = row
                    count += 1
                    break
                }
            }
        }
    }

    private enum Answer: UInt8 {
        case notAsked, yes, no
    }

    /// What texts are called here; nil where no row has one.
    func numbers(of wanted: [String]) -> [UInt32?] {
        let known = Dictionary(texts.enumerated().map { ($1, UInt32($0)) }, uniquingKeysWith: { first, _ in first })
        return wanted.map { known[$0] }
    }

    /// Whether a row has a text, by what it is called here.
    func has(_ number: UInt32, in row: Int) -> Bool {
        numbers[Int(starts[row])..<Int(starts[row + 1])].contains(number)
    }

    /// All rows, ascending by their text or, where that is meant, by the number that it is; those that have the same stay
    /// as they are. Nil where a row has several texts.
    func order(isNumber: Bool) -> [Int32]? {
        let count = starts.count - 1
        guard (0..<count).allSatisfy({ starts[$0 + 1] - starts[$0] <= 1 }) else { return nil }
        // Rows that have none are ordered as if it were an empty one.
        let all = texts + [""]
        let ranks = isNumber ? Self.ranks(all.map { Int64($0) ?? .min }) : Self.ranks(all)
        let ranked = (0..<count).map { row in
            starts[row] < starts[row + 1] ? ranks[Int(numbers[Int(starts[row])])] : ranks[texts.count]
        }
        // How many rows come before those of each rank, which is where these go.
        var next = [Int32](repeating: 0, count: all.count + 1)
        for rank in ranked { next[rank + 1] += 1 }
        for rank in all.indices { next[rank + 1] += next[rank] }
        var rows = [Int32](repeating: 0, count: count)
        for (row, rank) in ranked.enumerated() {
            rows[Int(next[rank])] = Int32(row)
            next[rank] += 1
        }
        return rows
    }

    /// The place of each value among them all in order; that of those that are equal is the same.
    private static func ranks(_ values: [some Comparable]) -> [Int] {
        let sorted = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Int](repeating: 0, count: values.count)
        for (place, index) in sorted.enumerated() where place > 0 {
            let before = sorted[place - 1]
            ranks[index] = values[before] < values[index] ? place : ranks[before]
        }
        return ranks
    }
}
