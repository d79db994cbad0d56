import GRDB
import Testing

@testable import Domain
@testable import Store

/// What the store lists as revoked, and what decisions refuse, are told by two pieces of code.
struct RevocationAgreementTests {
    private let addresses = ["192.0.2.7", "192.0.2.200", "198.51.100.3", "2001:db8::1", "2001:db8:0:1::9"]
    private let networks = [
        "192.0.2.0/25", "192.0.2.0/24", "2001:db8::/64", "2001:db8::/32", "198.51.100.3", "2000::/3",
    ]

    @Test func `rows and decisions agree on what is revoked`() throws {
        var generator = SeededGenerator(seed: 21)
        for round in 0..<12 {
            let test = try SecretsHome()
            let keys = [try test.issue(), try test.issue(to: test.other)]
            for _ in 0..<30 {
                test.wait(Double(Int.random(in: 0..<3, using: &generator)) * 0.4)
                guard Int.random(in: 0..<5, using: &generator) == 0 else {
                    let isOther = Bool.random(using: &generator)
                    do {
                        _ = try test.token(
                            Bool.random(using: &generator) ? .jwt : .opaque, client: isOther ? test.other : test.acme,
                            subject: ["", "ann", "bob"].randomElement(using: &generator) ?? "",
                            from: addresses.randomElement(using: &generator),
                            credential: Bool.random(using: &generator) ? keys[isOther ? 1 : 0].credential.id : nil)
                    } catch is SecretsError {
                        // Born revoked, or of a credential that was.
                    }
                    continue
                }
                let tokens = try test.store.tokens()
                let target = try target(among: tokens, keys: keys, &generator)
                let moments = [nil, nil, test.home.now, tokens.randomElement(using: &generator)?.issued]
                let before = target.hasMoment ? moments.randomElement(using: &generator) ?? nil : nil
                let preview = try test.store.preview(target, before: before)
                let alive = try living(test)
                defer {
                    let ended = try? alive.subtracting(living(test)).count
                    #expect(preview.tokens == ended, "round \(round): \(target)")
                }
                try test.store.revoke(target, before: before, by: .maria, reason: "test")
            }
            try check(test, round: round)
        }
    }

    private func living(_ test: SecretsHome) throws -> Set<String> {
        Set(try test.store.tokens(TokenSelection(state: .active)).map(\.id))
    }

    private func target(
        among tokens: [TokenRecord], keys: [IssuedCredential], _ generator: inout SeededGenerator
    ) throws -> RevocationTarget {
        let network = try #require(networks.randomElement(using: &generator).flatMap { Network($0) })
        guard let token = tokens.randomElement(using: &generator) else { return .network(network) }
        return switch Int.random(in: 0..<16, using: &generator) {
        case 0..<5: .token(issuer: token.issuer, id: token.id)
        case 5..<9: .family(token.family)
        case 9..<11: .subject(token.subject.isEmpty ? "ann" : token.subject)
        case 11: .client(token.client)
        case 12: .credential(keys[Int.random(in: 0..<2, using: &generator)].credential.id)
        case 13: .issuer(token.issuer)
        case 14: .everything
        default: .network(network)
        }
    }

    /// Whether an address lies in a network that was revoked after something was issued.
    private func isRevoked(_ address: String, _ issued: Timestamp, in revocations: [Revocation]) -> Bool {
        revocations.contains { revocation in
            guard case .network(let network) = revocation.target, let before = revocation.before else { return false }
            return IPAddress(address).map(network.contains) ?? false && issued < before
        }
    }

    private func check(_ test: SecretsHome, round: Int) throws {
        let snapshot = try test.store.revocationSnapshot()
        let revocations = try test.store.revocations()
        let elsewhere = try #require(IPAddress("203.0.113.9"))
        var revoked = 0
        let tokens = try test.store.tokens()
        for token in tokens {
            // From an address that no revocation names, the list and decisions say the same; from others decisions may
            // refuse more, but never less.
            let reason = snapshot.reason(against: token.facts, token.client, elsewhere)
            #expect((reason != nil) == (token.revoked != nil), "round \(round): \(token) and \(reason as Any)")
            for address in addresses {
                let refused = snapshot.reason(against: token.facts, token.client, IPAddress(address)) != nil
                let isThere = isRevoked(address, token.issued, in: revocations)
                #expect(refused == (token.revoked != nil || isThere), "round \(round): \(token) from \(address)")
            }
            revoked += token.revoked == nil ? 0 : 1
        }
        for state in [TokenRecord.State.active, .expired, .revoked] {
            let listed = try test.store.tokens(TokenSelection(state: state))
            #expect(listed == tokens.filter { $0.state(at: test.home.now) == state }, "round \(round), \(state)")
        }
        for credential in try test.store.credentials() {
            // To where a credential was issued isn't known: a network is about what comes from it.
            let reason = snapshot.reason(against: credential.facts, credential.client, elsewhere)
            #expect((reason != nil) == (credential.revoked != nil), "round \(round): \(credential)")
        }
        #expect(revoked > 0 && revoked <= tokens.count)
    }
}
