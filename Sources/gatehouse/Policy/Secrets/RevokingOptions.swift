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
        if dryRun {
            let store = try PolicyAccess.reading(change.policy.store).store
            let preview = try store.preview(try target(store), before: before)
            if printer.isJSON { try printer.object(preview.members) } else { try printer.preview(preview) }
            return try printer.finish()
        }
        let access = try PolicyAccess.writing(change, duty: .revoke, action: action, target: name)
        let target = try target(access.store)
        let preview = try access.store.preview(target, before: before)
        if !yes {
            guard Inquiry.canBeAsked else {
                throw ValidationError("nobody is there to ask; --yes revokes, --dry-run shows what it would end")
            }
            StandardError.write(preview.text + "\n")
            guard Inquiry.ask("revoke \(SafeText.cut(target.description))? type yes: ") == "yes" else {
                throw CommandFailure("nothing was revoked")
            }
        }
        let revocation = try access.store.revoke(
            target, before: before, by: access.actor, reason: try change.reason.text())
        if printer.isJSON {
            try printer.object(
                preview.members + [
                    ("epoch", .integer(Int(revocation.epoch))), ("time", .text(TimeText.rfc3339(revocation.time))),
                    ("before", revocation.before.map { .text($0.momentText) } ?? PolicyTree(.nothing)),
                ])
        } else {
            try printer.preview(preview)
            try printer.line("revoked \(target), epoch \(revocation.epoch)", .good)
        }
        try printer.finish()
        try access.store.close()
    }
}

extension Timestamp {
    fileprivate var momentText: String { self == .distantFuture ? "for good" : TimeText.rfc3339(self) }
}

extension RevocationPreview {
    fileprivate var text: String {
        "\(SafeText.cut(target.description, bytes: 200)): "
            + "\(tokens) tokens and \(credentials) credentials that are alive" + (rest.map { ", " + $0 } ?? "")
    }

    fileprivate var members: [(String, PolicyTree)] {
        [
            ("target", .text(target.description)), ("tokens", .integer(tokens)), ("credentials", .integer(credentials)),
            ("also", rest.map { .text($0) } ?? PolicyTree(.nothing)),
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
    fileprivate mutating func preview(_ preview: RevocationPreview) throws {
        try line(preview.text, .title)
        guard !preview.shares.isEmpty else { return }
        var table = TextTable([
            .init("client", role: .accent), .init("tokens", isNumber: true), .init("credentials", isNumber: true),
        ])
        for share in preview.shares.prefix(20) { table.add([share.client, "\(share.tokens)", "\(share.credentials)"]) }
        try self.table(table)
        if preview.shares.count > 20 { try line("and \(preview.shares.count - 20) more clients", .dim) }
    }
}
