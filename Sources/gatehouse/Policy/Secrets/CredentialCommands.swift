import ArgumentParser
import Domain
import Store
import Terminal

struct CredentialCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "credential",
        abstract: "What a client proves itself with: list, issue, rotate and revoke.",
        discussion: """
            A secret is shown once, when it is issued; the store keeps a keyed hash of it. A client has at most two of \
            a kind, so that the new one can take over from the old.

              gatehouse client credential issue acme --kind api-key --expires 90d --reason "onboarding"
              gatehouse client credential rotate acme 3kf9xq2a --overlap 7d --reason "quarterly"
            """,
        subcommands: [
            CredentialListCommand.self, CredentialIssueCommand.self, CredentialRotateCommand.self,
            CredentialRevokeCommand.self,
        ])
}

struct CredentialListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the credentials of a client, or of all, without their secrets.")

    @Argument(help: "The client's name.") var client: String?
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let credentials = try store.credentials(of: try client.map { try ClientName.parse($0) })
        let now = SystemClock.now()
        var printer = PolicyPrinter(json: options.json)
        var table = TextTable([
            .init("prefix", role: .accent), .init("client"), .init("kind"), .init("state"),
            .init("created", role: .dim),
            .init("expires"), .init("last used"), .init("from"),
        ])
        for credential in credentials {
            if options.json {
                try printer.output.writeLine(credential.tree(now).json)
            } else {
                table.add([
                    credential.prefix, credential.client, credential.kind.rawValue, credential.state(at: now).rawValue,
                    printer.time(credential.created), credential.expires.map(printer.time) ?? "-",
                    credential.lastUsed.map { TimeText.relative($0, now: now) } ?? "-",
                    credential.lastUsedFrom?.description ?? "-",
                ])
            }
        }
        if !options.json {
            if table.isEmpty { try printer.line("no credentials", .dim) } else { try printer.table(table) }
        }
        try printer.finish()
    }
}

struct CredentialIssueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Give a client a new secret or API key, or take a certificate of it.")

    @Argument(help: "The client's name.") var client: String

    @Option(help: ArgumentHelp("secret or api-key.", valueName: "kind")) var kind: String?

    @Option(
        help: ArgumentHelp("The client's certificate, in PEM or DER, in the place of a secret.", valueName: "file"),
        completion: .file())
    var certificate: String?

    @Option(help: ArgumentHelp("From when on it is good.", valueName: "t")) var notBefore: String?
    @Option(help: ArgumentHelp("Until when: a duration from now (90d), or a time.", valueName: "t")) var expires:
        String?
    @OptionGroup var change: ChangeOptions

    func validate() throws {
        let kinds = [Credential.Kind.secret, .apiKey].map(\.rawValue)
        if let kind, !kinds.contains(kind) {
            throw ValidationError(
                "--kind: there is no \(SafeText.quoted(kind))" + NearestName.hint(for: kind, among: kinds))
        }
        if kind != nil, certificate != nil { throw ValidationError("--kind and --certificate exclude each other") }
    }

    func run() throws {
        let name = try ClientName.parse(client)
        let start = try notBefore.map { try SecretMoment.parse($0, option: "--not-before") }
        let end = try expires.map { try SecretMoment.parse($0, option: "--expires") }
        let access = try PolicyAccess.writing(change.policy.store)
        let issued: IssuedCredential
        if let certificate {
            let bytes: [UInt8]
            do {
                bytes = try FileBytes.read(certificate, limit: 65_536)
            } catch {
                throw CommandFailure("\(certificate) can't be read: \(error)")
            }
            issued = try access.store.addCertificate(
                bytes, to: name, notBefore: start, expires: end, by: access.actor, reason: try change.reason.text())
        } else {
            issued = try access.store.issueCredential(
                Credential.Kind(rawValue: kind ?? "") ?? .secret, to: name, notBefore: start, expires: end,
                by: access.actor, reason: try change.reason.text(), source: .ofProcess(change.policy.store))
        }
        try issued.print(json: change.policy.json)
        try access.store.close()
    }
}

struct CredentialRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give a client a successor of a credential; the old one goes on for a while.")

    @Argument(help: "The client's name.") var client: String
    @Argument(help: "The credential's prefix.") var prefix: String
    @Option(help: ArgumentHelp("How long the old one goes on.", valueName: "duration")) var overlap = "1d"
    @Option(help: ArgumentHelp("Until when the new one is good.", valueName: "t")) var expires: String?
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let seconds = try SecretMoment.seconds(overlap, option: "--overlap")
        let end = try expires.map { try SecretMoment.parse($0, option: "--expires") }
        let name = try ClientName.parse(client)
        let access = try PolicyAccess.writing(
            change, duty: .edit, action: "credential.rotate", target: "client/\(name)")
        let credential = try access.store.credential(prefix, of: name)
        let issued = try access.store.rotateCredential(
            credential.id, overlap: seconds, expires: end, by: access.actor, reason: try change.reason.text(),
            source: .ofProcess(change.policy.store))
        try issued.print(json: change.policy.json)
        try access.store.close()
    }
}

struct CredentialRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke a credential, and the tokens that were got with it.")

    @Argument(help: "The client's name.") var client: String
    @Argument(help: "The credential's prefix.") var prefix: String
    @OptionGroup var revoking: RevokingOptions

    func run() throws {
        let name = try ClientName.parse(client)
        try revoking.revoke("credential.revoke", of: "client/\(name)", before: nil) {
            .credential(try $0.credential(prefix, of: name).id)
        }
    }
}

/// A client's name on the command line.
enum ClientName {
    static func parse(_ text: String) throws -> Name<Client> {
        do {
            return try Name(text)
        } catch {
            throw ValidationError("\(SafeText.quoted(text)): \(error)")
        }
    }
}

extension PolicyStore {
    /// The credential of a client that a prefix, or the beginning of one, names.
    fileprivate func credential(_ prefix: String, of client: Name<Client>) throws -> Credential {
        let all = try credentials(of: client)
        let found = all.filter { $0.prefix == prefix }
        let named = found.isEmpty ? all.filter { $0.prefix.hasPrefix(prefix) && !prefix.isEmpty } : found
        guard let first = named.first else {
            throw CommandFailure(
                "client \(client) has no credential \(SafeText.quoted(prefix)); "
                    + "see `gatehouse client credential list \(client)`"
            )
        }
        guard named.count == 1 else {
            throw CommandFailure("several credentials begin with \(SafeText.quoted(prefix))")
        }
        return first
    }
}

extension Credential {
    fileprivate func tree(_ now: Timestamp) -> PolicyTree {
        func moment(_ time: Timestamp?) -> PolicyTree {
            time.map { .text(TimeText.rfc3339($0)) } ?? PolicyTree(.nothing)
        }
        return .map([
            .init("id", .integer(Int(id))), .init("client", .text(client)), .init("kind", .text(kind.rawValue)),
            .init("prefix", .text(prefix)), .init("state", .text(state(at: now).rawValue)),
            .init("created", moment(created)), .init("not_before", moment(notBefore)),
            .init("expires", moment(expires)),
            .init("last_used", moment(lastUsed)),
            .init("last_used_from", lastUsedFrom.map { .text($0.description) } ?? PolicyTree(.nothing)),
        ])
    }
}

extension IssuedCredential {
    /// The secret alone on standard output, and what else there is to know on the other stream.
    fileprivate func print(json: Bool) throws {
        var printer = PolicyPrinter(json: json)
        if json {
            var members: [PolicyTree.Member] = []
            if case .map(let fields) = credential.tree(SystemClock.now()).content { members = fields }
            members.append(.init("plaintext", secret.map { .text($0.plaintext) } ?? PolicyTree(.nothing)))
            try printer.output.writeLine(PolicyTree.map(members).json)
            return try printer.finish()
        }
        if let secret { try printer.output.writeLine(secret.plaintext) }
        try printer.finish()
        let end = credential.expires.map { ", until " + printer.time($0) } ?? ""
        StandardError.write("\(credential.kind.rawValue) \(credential.prefix) of client \(credential.client)\(end)\n")
        if secret != nil { StandardError.write("it is shown this once; keep it where only the client reads it\n") }
    }
}
