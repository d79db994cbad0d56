/// Somebody else's text in a message of ours.
package enum SafeText {
    /// The beginning of a text, with hidden characters written as `\uXXXX`.
    package static func cut(_ text: String, bytes limit: Int = 60) -> String {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard bytes.count < limit else { return String(decoding: bytes, as: UTF8.self) + "…" }
            if scalar.isHidden { bytes.appendEscaped(scalar) } else { bytes += UTF8.encode(scalar) ?? .init() }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The same in quotation marks.
    package static func quoted(_ text: String) -> String { "“\(cut(text))”" }
}
