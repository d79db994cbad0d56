/// Why a text is no filter, and where it goes wrong.
package struct FilterError: Error, Equatable, Sendable {
    package var message: String
    /// The place of what is wrong, in Unicode scalars from the start; empty at the end of a text that is cut short.
    package var range: Range<Int>
    /// What was probably meant instead, as it would be typed.
    package var suggestion: String?

    package init(_ message: String, at range: Range<Int>, suggestion: String? = nil) {
        self.message = message
        self.range = range
        self.suggestion = suggestion
    }

    /// The message and the suggestion in one sentence.
    package var summary: String {
        message + (suggestion.map { "; did you mean \($0)?" } ?? "")
    }

    /// The text, and below it carets under what is wrong and the message; control characters stand as `?`.
    package func rendered(in text: String) -> String {
        var line = ""
        var count = 0
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            line.unicodeScalars.append(isControl ? "?" : scalar)
            count += 1
        }
        let start = min(range.lowerBound, count)
        let carets = String(repeating: "^", count: max(1, min(range.upperBound, count) - start))
        return line + "\n" + String(repeating: " ", count: start) + carets + " " + summary
    }

    /// The place of what is wrong in the UTF-8 of the text.
    package func utf8Range(in text: String) -> Range<Int> {
        range.utf8Range(ofScalarsIn: text)
    }
}

extension Range<Int> {
    /// A range of Unicode scalars of a text as a range of its UTF-8.
    func utf8Range(ofScalarsIn text: String) -> Range<Int> {
        var offset = 0
        var start: Int?
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if index == lowerBound { start = offset }
            if index == upperBound { return (start ?? offset)..<offset }
            offset += UTF8.width(scalar)
        }
        return (start ?? offset)..<offset
    }
}
