import ArgumentParser
import Domain
import Store

/// The live credentials and tokens that a change of clients is about: those that end with it for good, and those that
/// are refused for as long as their client is suspended.
struct EndingSecrets {
    struct Share {
        let client: String
        let credentials: Int
        let tokens: Int

        var text: String { Counted.text([(credentials, "credential"), (tokens, "token")]) }

        fileprivate var isOne: Bool { credentials + tokens == 1 }

        fileprivate var tree: PolicyTree {
            .map([
                .init("client", .text(client)), .init("credentials", .integer(credentials)),
                .init("tokens", .integer(tokens)),
            ])
        }
    }

    /// What people are shown of them.
    private static let mostShares = 20

    /// Of clients that are removed; undoing that brings back none of it.
    private(set) var ended: [Share] = []
    private(set) var refused: [Share] = []

    /// Counts what is alive before the change is made.
    init(of edits: [PolicyEdit], in store: PolicyStore) throws {
        for edit in edits {
            guard case .client(let before)? = edit.before else { continue }
            let isSuspended =
                if case .client(let after)? = edit.after {
                    before.status != .suspended && after.status == .suspended
                } else {
                    false
                }
            guard edit.after == nil || isSuspended else { continue }
            let preview = try store.preview(.client(before.name.text))
            let share = Share(
                client: before.name.text, credentials: preview.credentials, tokens: preview.tokens)
            guard share.credentials + share.tokens > 0 else { continue }
            if isSuspended { refused.append(share) } else { ended.append(share) }
        }
    }

    /// Of a change that is tried first. Who may not make it is told nothing, and what can't be tried is refused when it
    /// is made, in its own words; nothing ends while it waits.
    init(
        of access: PolicyAccess, taking duty: Duty, waits: Bool = true, _ trial: (PolicyStore) throws -> PolicyTrial
    ) throws {
        var edits: [PolicyEdit] = []
        if try access.store.allows(duty, to: access.actor), let trial = try? trial(access.store),
            !waits || trial.waitsFor.isEmpty
        {
            edits = trial.edits
        }
        try self.init(of: edits, in: access.store)
    }

    /// What ends, as it is said before and after the change.
    func losses(before: Bool) -> [String] {
        func ends(_ share: Share) -> String {
            guard before else { return "ended for good" }
            return share.isOne
                ? "ends for good; undoing it doesn't bring it back"
                : "end for good; undoing it brings back none of them"
        }
        var lines = ended.prefix(Self.mostShares).map { "\($0.text) of client/\($0.client) \(ends($0))" }
        if ended.count > Self.mostShares {
            let others = ended.dropFirst(Self.mostShares)
            let sum = Self.sum(others)
            lines.append("\(sum.text) of \(Counted.text(others.count, "more client")) \(ends(sum))")
        }
        return lines
    }

    /// What goes on when the client does.
    var pauses: [String] {
        var lines = refused.prefix(Self.mostShares).map {
            "\($0.text) of client/\($0.client) \($0.isOne ? "is" : "are") refused until it is active again"
        }
        if refused.count > Self.mostShares {
            let more = refused.count - Self.mostShares
            lines.append("and those of \(Counted.text(more, "more client")) that \(more == 1 ? "is" : "are") suspended")
        }
        return lines
    }

    private static func sum(_ shares: some Sequence<Share>) -> Share {
        shares.reduce(Share(client: "", credentials: 0, tokens: 0)) {
            Share(client: "", credentials: $0.credentials + $1.credentials, tokens: $0.tokens + $1.tokens)
        }
    }

    /// For `--json`: `ends` and `suspends`.
    var members: [(String, PolicyTree)] {
        func tree(_ shares: [Share]) -> PolicyTree {
            let sum = Self.sum(shares)
            return .map([
                .init("credentials", .integer(sum.credentials)), .init("tokens", .integer(sum.tokens)),
                .init("clients", .list(shares.map(\.tree))),
            ])
        }
        return [("ends", tree(ended)), ("suspends", tree(refused))]
    }

    /// Asks before anything ends for good; where nobody can be asked, it takes `--yes`.
    func confirm(yes: Bool) throws {
        guard !ended.isEmpty, !yes else { return }
        let lines = losses(before: true).joined(separator: "\n")
        guard Inquiry.canBeAsked else {
            throw ValidationError(
                lines + "\nnobody is there to ask: --yes does it all the same, --dry-run shows what it would change")
        }
        StandardError.write(lines + "\n")
        guard Inquiry.ask("go on? type yes: ") == "yes" else { throw CommandFailure("nothing was changed") }
    }
}

/// Commands that can end credentials and tokens ask first.
struct ConfirmOption: ParsableArguments {
    @Flag(help: "Don't ask, though credentials or tokens end for good.")
    var yes = false
}

/// How many of something, in words.
enum Counted {
    static func text(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

    /// Several together, without those of which there are none; `nothing` where there is none of any.
    static func text(_ counts: [(Int, String)]) -> String {
        let parts = counts.filter { $0.0 > 0 }.map { text($0.0, $0.1) }
        return parts.isEmpty ? "nothing" : parts.joined(separator: " and ")
    }
}
