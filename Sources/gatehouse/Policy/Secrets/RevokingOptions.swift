import ArgumentParser
import Domain
import Store
import Terminal

/// What commands that revoke have in common: a look at what it would end, a question, the deed.
struct RevokingOptions: ParsableArguments {
    @Flag(help: "Only show what it would end.")
    var dryRun = false

    @Flag(help: "Don't ask.")
    var yes = false

    @OptionGroup var change: ChangeOptions

    /// What is revoked is looked up only for those who may; `action` and `name` say in the audit trail what others tried.
    func revoke(
        _ action: String, of name: String, before: Timestamp?, _ target: (PolicyStore) throws -> RevocationTarget
    ) throws {
        var printer = PolicyPrinter(json: change.policy.json)
        let access =
            dryRun
            ? try PolicyAccess.reading(change.policy.store)
            : try PolicyAccess.writing(change, duty: .revoke, action: action, target: name)
        let target = try target(access.store)
        let preview = try access.store.preview(target, before: before)
        let isForGood = before == .distantFuture
        if let known = try access.store.revocation(of: target, forGood: isForGood) {
            try printer.known(known, preview, isForGood: isForGood)
            return try printer.finish()
        }
        if dryRun {
            try printer.preview(preview, isForGood: isForGood)
            return try printer.finish()
        }
        if !yes {
            guard Inquiry.canBeAsked else {
                throw ValidationError("nobody is there to ask; --yes revokes, --dry-run shows what it would end")
            }
            StandardError.write(preview.lines(isForGood).joined(separator: "\n") + "\n")
            let what = SafeText.cut(target.description) + (isForGood ? " for good" : "")
            guard Inquiry.ask("revoke \(what)? type yes: ") == "yes" else {
                throw CommandFailure("nothing was revoked")
            }
        }
        let revocation = try access.store.revoke(
            target, before: before, by: access.actor, reason: try change.reason.text())
        let record = Int(access.store.lastRecord?.sequence ?? 0)
        if printer.isJSON {
            try printer.object(
                preview.members(isForGood) + [
                    ("epoch", .integer(Int(revocation.epoch))), ("record", .integer(record)),
                    ("time", .text(TimeText.rfc3339(revocation.time))),
                    ("before", revocation.before.map { .text($0.momentText) } ?? PolicyTree(.nothing)),
                ])
        } else {
            try printer.preview(preview, isForGood: isForGood)
            try printer.line(
                "revoked \(target)\(isForGood ? " for good" : ""), epoch \(revocation.epoch), audit record \(record)",
                .good)
        }
        try printer.finish()
        try access.store.close()
    }
}

extension PolicyStore {
    /// The revocation after which another one of the same would change nothing: one for good.
    fileprivate func revocation(of target: RevocationTarget, forGood: Bool) throws -> Revocation? {
        guard forGood || !target.hasMoment else { return nil }
        return try revocations().first {
            $0.target == target && ($0.before == nil || $0.before == .distantFuture)
        }
    }
}

extension Timestamp {
    fileprivate var momentText: String { self == .distantFuture ? "for good" : TimeText.rfc3339(self) }
}

extension RevocationPreview {
    fileprivate func lines(_ isForGood: Bool) -> [String] {
        let counts = Counted.text([(tokens, "token"), (credentials, "credential")])
        let many = tokens + credentials > 1
        var lines = [
            "\(SafeText.cut(target.description, bytes: 200)): \(counts) that \(many ? "are" : "is") alive "
                + "\(many ? "end" : "ends") for good" + (rest.map { ", " + $0 } ?? "")
        ]
        if isForGood, let later { lines.append("and what is issued later too, which can't be undone: \(later)") }
        return lines
    }

    /// What being revoked for good comes to; nil for what can only be revoked so.
    private var later: String? {
        switch target {
        case .token, .family, .credential: nil
        case .client(let name): "\(name) can never get a token or a credential again"
        case .subject(let name): "no token for \(SafeText.cut(name)) is good ever again"
        case .issuer(let name): "no token of \(SafeText.cut(name)) is good ever again"
        case .network(let network): "nothing is good ever again that is issued to \(network), or comes from there"
        case .everything: "no token or credential of this store is good ever again"
        }
    }

    fileprivate func members(_ isForGood: Bool) -> [(String, PolicyTree)] {
        [
            ("target", .text(target.description)), ("tokens", .integer(tokens)), ("credentials", .integer(credentials)),
            ("also", rest.map { .text($0) } ?? PolicyTree(.nothing)),
            ("for_good", .flag(isForGood || !target.hasMoment)),
            ("later", isForGood ? later.map { .text($0) } ?? PolicyTree(.nothing) : PolicyTree(.nothing)),
            (
                "clients",
                .list(
                    shares.map { share in
                        .map([
                            .init("client", .text(share.client)), .init("tokens", .integer(share.tokens)),
                            .init("credentials", .integer(share.credentials)),
                        ])
                    })
            ),
        ]
    }
}

extension PolicyPrinter {
    fileprivate mutating func preview(_ preview: RevocationPreview, isForGood: Bool) throws {
        guard !isJSON else { return try object(preview.members(isForGood)) }
        for (index, line) in preview.lines(isForGood).enumerated() {
            try self.line(line, index == 0 ? .title : .warning)
        }
        guard !preview.shares.isEmpty else { return }
        var table = TextTable([
            .init("client", role: .accent), .init("tokens", isNumber: true), .init("credentials", isNumber: true),
        ])
        for share in preview.shares.prefix(20) { table.add([share.client, "\(share.tokens)", "\(share.credentials)"]) }
        try self.table(table)
        if preview.shares.count > 20 { try line("and \(preview.shares.count - 20) more clients", .dim) }
    }

    /// What is revoked already, for good: nothing is left to do.
    fileprivate mutating func known(_ known: Revocation, _ preview: RevocationPreview, isForGood: Bool) throws {
        guard !isJSON else {
            return try object(
                preview.members(isForGood) + [
                    ("epoch", .integer(Int(known.epoch))), ("time", .text(TimeText.rfc3339(known.time))),
                    ("already", .flag(true)),
                ])
        }
        try line(
            "\(known.target) is revoked already\(isForGood ? ", for good" : ""): since \(time(known.time)), "
                + "epoch \(known.epoch), by \(known.actor.name). Nothing was changed")
    }
}
