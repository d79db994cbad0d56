import Foundation
import Terminal

/// One thing that the doctor looked at.
struct Finding: Equatable, Encodable {
    enum State: String, Encodable {
        case fine, doubtful, broken
    }

    let area: String
    let name: String
    let state: State
    let detail: String
    /// What to do; nil when nothing needs doing.
    let advice: String?

    init(_ area: String, _ name: String, _ state: State, _ detail: String, advice: String? = nil) {
        self.area = area
        self.name = name
        self.state = state
        self.detail = detail
        self.advice = advice
    }

    /// `{"healthy": …, "checks": [{area, name, state, detail, advice}]}`
    static func json(_ findings: [Finding]) throws -> String {
        struct Report: Encodable {
            let healthy: Bool
            let checks: [Finding]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let report = Report(healthy: !findings.contains { $0.state == .broken }, checks: findings)
        return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
    }

    static func text(_ findings: [Finding], style: TextStyle) -> String {
        var text = ""
        var area = ""
        let width = findings.map(\.name.count).max() ?? 0
        for finding in findings {
            if finding.area != area {
                area = finding.area
                text += (text.isEmpty ? "" : "\n") + style.line([Piece(CleanText(area), .title)]) + "\n"
            }
            let (sign, role) = finding.state.sign(style.glyphs)
            let name = finding.name + String(repeating: " ", count: width - finding.name.count)
            text +=
                style.line([
                    Piece("  "), Piece(sign, role), Piece(" "), Piece(CleanText(name), .dim), Piece("  "),
                    Piece(CleanText(finding.detail)),
                ]) + "\n"
            guard let advice = finding.advice else { continue }
            let indent = CleanText(String(repeating: " ", count: width + 6))
            text += style.line([Piece(indent), Piece(CleanText(advice), .accent)]) + "\n"
        }
        return text
    }
}

extension Finding.State {
    fileprivate func sign(_ glyphs: Glyphs) -> (CleanText, StyleRole) {
        switch self {
        case .fine: (glyphs.isASCII ? "ok" : "✓", .good)
        case .doubtful: (glyphs.isASCII ? "! " : "!", .caution)
        case .broken: (glyphs.isASCII ? "X " : "✗", .danger)
        }
    }
}
