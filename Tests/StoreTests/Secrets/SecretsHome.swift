import Domain
import Foundation
import GRDB

@testable import Store

/// A policy store with keys, an issuer, and two clients.
struct SecretsHome {
    let base: PolicyHome
    let source: MasterKeySource

    var home: TemporaryStore { base.home }
    var store: PolicyStore { base.store }
    var file: String { home.folder.policy }
    let acme: Name<Client>
    let other: Name<Client>

    init() throws {
        base = try PolicyHome()
        source = MasterKeySource(folder: base.home.folder, environment: [:])
        acme = try Name("acme")
        other = try Name("other")
        var settings = try base.store.active().policy.settings
        settings.issuer = "https://issuer.example"
        settings.audience = "https://api.example"
        try base.apply([
            .settings(settings), .client(try PolicyHome.client("other")), .scope(Scope(name: try Name("write"))),
        ])
        try base.store.makeKeys(by: .maria, source: source)
    }

    /// Lets time pass.
    func wait(_ seconds: Double) {
        home.now = home.now.advanced(by: Int64(seconds * 1_000_000))
    }

    func issue(_ kind: Credential.Kind = .apiKey, to client: Name<Client>? = nil) throws -> IssuedCredential {
        try store.issueCredential(kind, to: client ?? acme, by: .maria, reason: "test", source: source)
    }

    func token(
        _ form: TokenRecord.Form = .jwt, client: Name<Client>? = nil, subject: String = "", from: String? = nil,
        credential: Int64? = nil
    ) throws -> IssuedToken {
        let order = TokenOrder(
            client: client ?? acme, subject: subject, form: form, credential: credential,
            issuedFrom: from.flatMap { IPAddress($0) })
        return try store.issueToken(order, by: .maria, reason: "test", source: source)
    }

    /// What a node would say to a secret.
    func verdict(_ secret: String) throws -> CredentialDirectory.Verdict {
        try store.credentialDirectory(source).verdict(on: secret.utf8, now: home.now)
    }

    func isGood(_ issued: IssuedCredential) throws -> Bool {
        if case .valid = try verdict(issued.secret?.plaintext ?? "") { true } else { false }
    }

    /// All bytes of the store's folder but the master key's.
    func bytes() throws -> Data {
        var all = Data()
        for name in try FileManager.default.contentsOfDirectory(atPath: home.folder.path) where name != "master.key" {
            all += try Data(contentsOf: URL(filePath: home.folder.path + "/" + name))
        }
        return all
    }
}
