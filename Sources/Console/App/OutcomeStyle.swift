import Domain
import Terminal

/// The one sign and the one colour that an outcome has on every screen.
extension Outcome {
    /// The order in which outcomes are stacked and listed: what went well first, what needs looking at last.
    static let displayOrder: [Outcome] = [.allowed, .limited, .unauthenticated, .forbidden, .invalid, .failed]

    var role: StyleRole {
        switch self {
        case .allowed: .series1
        case .limited: .series2
        case .unauthenticated: .series3
        case .forbidden: .series4
        case .invalid: .series5
        case .failed: .series6
        }
    }

    func symbol(_ glyphs: Glyphs) -> CleanText {
        switch self {
        case .allowed: glyphs.isASCII ? "o" : "●"
        case .limited: glyphs.isASCII ? "%" : "◆"
        case .unauthenticated: glyphs.isASCII ? "?" : "▲"
        case .forbidden: glyphs.isASCII ? "#" : "■"
        case .invalid: glyphs.isASCII ? "x" : "×"
        case .failed: "!"
        }
    }

    /// The outcome's name where there is little room.
    var shortName: CleanText {
        switch self {
        case .allowed: "allowed"
        case .limited: "limited"
        case .unauthenticated: "unauth."
        case .forbidden: "forbidden"
        case .invalid: "invalid"
        case .failed: "failed"
        }
    }
}
