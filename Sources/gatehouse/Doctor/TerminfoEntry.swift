import Glibc

/// A terminal's compiled description (term(5)), read for the one number that matters here.
struct TerminfoEntry {
    /// How many colours the terminal shows; 0 for none.
    let colors: Int

    private static let folders = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"]
    /// `max_colors` among the numbers (term.h).
    private static let colorsIndex = 13

    /// Nil when no folder has the terminal.
    init?(term: String, environment: [String: String]) {
        guard let first = term.utf8.first, !term.contains("/"), !term.hasPrefix(".") else { return nil }
        let own = [environment["TERMINFO"], environment["HOME"].map { $0 + "/.terminfo" }].compactMap(\.self)
        let letter = String(Unicode.Scalar(first))
        for folder in own + Self.folders {
            for name in [letter, String(first, radix: 16)] {
                let bytes = (try? FileBytes.read("\(folder)/\(name)/\(term)", limit: 32_768)) ?? []
                guard let colors = Self.colors(in: bytes) else { continue }
                self.colors = colors
                return
            }
        }
        return nil
    }

    /// Six 16-bit numbers, then names, flags, a byte to make the place even, and numbers of 16 or 32 bits.
    static func colors(in bytes: [UInt8]) -> Int? {
        func short(_ offset: Int) -> Int? {
            offset + 1 < bytes.count ? Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 : nil
        }
        guard let magic = short(0), magic == 0o432 || magic == 0o1036, let names = short(2), let flags = short(4),
            let numbers = short(6)
        else { return nil }
        guard numbers > colorsIndex else { return 0 }
        let width = magic == 0o432 ? 2 : 4
        let start = 12 + names + flags
        let offset = start + start % 2 + colorsIndex * width
        guard let low = short(offset) else { return nil }
        if width == 2 { return low == 0xFFFF ? 0 : low }
        guard let high = short(offset + 2) else { return nil }
        return high >= 0x8000 ? 0 : low | high << 16
    }
}
