/// Escape sequences that ncurses has no words for, each with its way back.
enum TerminalModes {
    static let beginFrame = "\u{1B}[?2026h"
    static let endFrame = "\u{1B}[?2026l"
    static let bracketedPasteOn = "\u{1B}[?2004h"
    static let bracketedPasteOff = "\u{1B}[?2004l"
    /// ECMA-48's BDSM, explicit: terminals that reorder right-to-left text leave rows as they are drawn, so that a
    /// Hebrew path can't carry the columns beside it along.
    static let reorderingOff = "\u{1B}[8l"
    static let reorderingOn = "\u{1B}[8h"
    /// Every way of reporting the mouse off.
    static let mouseOff = "\u{1B}[?1000l\u{1B}[?1002l\u{1B}[?1003l\u{1B}[?1006l"
    static let pushTitle = "\u{1B}[22;2t"
    static let popTitle = "\u{1B}[23;2t"

    static func title(_ title: CleanText) -> String {
        "\u{1B}]2;\(title.prefix(columns: 200).text)\u{7}"
    }

    /// OSC 52: asks the terminal to put bytes on the clipboard.
    static func clipboard(_ bytes: some Collection<UInt8>) -> String {
        "\u{1B}]52;c;\(base64(bytes))\u{7}"
    }

    /// RFC 4648, section 4.
    static func base64(_ bytes: some Collection<UInt8>) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
        var text = ""
        var group: UInt32 = 0
        var count = 0
        func flush() {
            guard count > 0 else { return }
            let padded = group << UInt32(8 * (3 - count))
            for place in 0..<4 {
                let isPadding = place > count
                text.unicodeScalars.append(isPadding ? "=" : alphabet[Int(padded >> UInt32(18 - 6 * place) & 0x3F)])
            }
        }
        for byte in bytes {
            group = group << 8 | UInt32(byte)
            count += 1
            if count == 3 {
                flush()
                group = 0
                count = 0
            }
        }
        flush()
        return text
    }
}
