/// The texts that many rows have in one field, each distinct text once: what is asked of a text is asked once for all
/// rows that have it.
package struct TextColumn: Sendable {
    /// All texts that there are, in the order in which they came.
    private(set) var texts: [String] = []
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

    /// Whether one of a row's texts is among those that passed, told by their numbers.
    func hasText(in row: Int, among passed: [Bool]) -> Bool {
        for place in Int(starts[row])..<Int(starts[row + 1]) where passed[Int(numbers[place])] { return true }
        return false
    }
}
