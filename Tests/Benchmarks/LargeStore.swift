// A policy store of a large organisation: the large policy, and tokens of its clients, most of which have expired.

import Domain
import GRDB
import Store

struct LargeStore {
    let folder: StoreFolder
    let tokens: Int
    let live: Int

    /// Makes it: a tenth of the tokens live. They are the oldest, so that whoever looks for them comes upon all others
    /// first.
    init(path: String, clients: Int, tokens: Int) throws {
        folder = StoreFolder(path)
        self.tokens = tokens
        live = tokens / 10
        var policy = try LargePolicy(clients: clients).policy
        try LargePolicy.addQuotas(to: &policy)
        let actor = Actor.ofProcess(for: folder)
        let store = try PolicyStore.create(in: folder, by: actor)
        let edits = policy.items.values.filter { $0.key != .settings }.map {
            PolicyEdit(key: $0.key, before: nil, after: $0)
        }
        _ = try store.apply(edits, by: actor, reason: "the large policy", basedOn: 1, keepingAsDraft: false)
        try store.close()
        try addTokens(clients: clients)
        let writer = try PolicyStore(folder: folder, for: .writing)
        for number in 0..<50 {
            try writer.revoke(.client("client-\(number * 7 + 1)"), by: actor, reason: "a benchmark")
            try writer.revoke(.subject("user-\(number * 7 + 1)"), by: actor, reason: "a benchmark")
        }
        try writer.close()
    }

    /// Behind the store's door, which tells each token in its audit trail: rows alone.
    private func addTokens(clients: Int) throws {
        let queue = try DatabaseQueue(path: folder.policy)
        let now = SystemClock.now().microseconds
        try queue.write { database in
            try database.execute(
                sql: """
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(tokens / 2))
                    INSERT INTO families (id, client, subject, created)
                    SELECT i, 'client-' || (i % \(clients)), 'user-' || (i % 40000), \(now) FROM n;
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(tokens))
                    INSERT INTO tokens
                        (jti, hash, form, kind, issuer, client, subject, scopes, family, issued, expires, issued_from)
                    SELECT lower(hex(randomblob(11))), randomblob(32), 'opaque', 'access', 'https://issuer.example',
                        'client-' || (i % \(clients)), 'user-' || (i % 40000), '[]', 1 + i % \(tokens / 2),
                        \(now) - (\(tokens) - i) * 1000000,
                        iif(i <= \(live), \(now) + 2000000000000, \(now) - (\(tokens) - i) * 1000000 + 900000), randomblob(16)
                    FROM n
                    """)
        }
        try queue.close()
    }
}
