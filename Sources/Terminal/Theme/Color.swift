/// A colour as a theme states it.
package enum Color: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// One of the terminal's palette: 0–15 as the user set them, 16–255 fixed.
    case indexed(UInt8)
    case rgb(red: UInt8, green: UInt8, blue: UInt8)
}

/// How many colours a terminal shows.
package enum ColorDepth: Int, CaseIterable, Hashable, Sendable, Comparable {
    case mono = 0
    case eight = 8
    case sixteen = 16
    case indexed256 = 256
    case direct = 16_777_216

    package static func < (left: ColorDepth, right: ColorDepth) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Color {
    private static let names = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
        "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
        "bright-white",
    ]

    /// Reads `default`, a name of the sixteen, an index from 0 to 255, or `#rrggbb`; nil when it is none of them.
    package init?(_ text: String) {
        let text = text.lowercased()
        if text == "default" {
            self = .standard
        } else if let index = Color.names.firstIndex(of: text) {
            self = .indexed(UInt8(index))
        } else if let index = UInt8(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            self = .indexed(index)
        } else {
            guard let value = Color.hexadecimal(text.hasPrefix("#") ? String(text.dropFirst()) : "") else { return nil }
            self = value
        }
    }

    /// Reads `rrggbb`.
    static func hexadecimal(_ digits: String) -> Color? {
        guard digits.utf8.count == 6, !digits.hasPrefix("+"), let value = UInt32(digits, radix: 16) else { return nil }
        return Color(rgb: value)
    }

    init(rgb value: UInt32) {
        self = .rgb(
            red: UInt8(value >> 16 & 0xFF), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    }
}
