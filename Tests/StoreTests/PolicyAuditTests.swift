import Crypto
import Domain
import Foundation
import GRDB
import Testing

@testable import Store

/// Each way to tamper is found where it was done, by the program and by one that was written from the format alone.
struct PolicyAuditTests {
    struct Tampering: CustomTestStringConvertible {
        let what: String
        let sql: String
        let places: Set<String>

        init(_ what: String, _ sql: String, _ places: String...) {
            self.what = what
            self.sql = sql
            self.places = Set(places)
        }

        var testDescription: String { what }
    }

    private static let columns = "time, operator, operator_id, action, outcome, target, reason, before, after, version"

    static let tamperings = [
        Tampering("a record changed", "UPDATE audit_records SET reason = 'x' WHERE sequence = 8", "audit record 8"),
        Tampering(
            "a record's operator swapped", "UPDATE audit_records SET operator_id = 1001 WHERE sequence = 8",
            "audit record 8"),
        Tampering("a record removed", "DELETE FROM audit_records WHERE sequence = 8", "audit record 8"),
        Tampering(
            "a record inserted",
            """
            UPDATE audit_records SET sequence = sequence + 1000 WHERE sequence >= 9;
            UPDATE audit_records SET sequence = sequence - 999 WHERE sequence > 1000;
            INSERT INTO audit_records SELECT 9, \(columns), hash, hash FROM audit_records WHERE sequence = 8
            """, "audit record 9"),
        Tampering(
            "two records swapped",
            """
            UPDATE audit_records SET sequence = 1000 WHERE sequence = 8;
            UPDATE audit_records SET sequence = 8 WHERE sequence = 9;
            UPDATE audit_records SET sequence = 9 WHERE sequence = 1000
            """, "audit record 8"),
        Tampering(
            "the trail cut", "DELETE FROM audit_records WHERE sequence > 8", "checkpoint of policy at 9"),
        Tampering(
            "a version's reason changed", "UPDATE policy_versions SET reason = 'x' WHERE number = 2",
            "policy version 2"),
        Tampering(
            "a version's approver changed",
            "UPDATE policy_versions SET approver_id = 7, approver = 'eve' WHERE number = 5", "policy version 5"),
        Tampering(
            "a version's parent changed", "UPDATE policy_versions SET parent = 1 WHERE number = 6", "policy version 6"),
        Tampering(
            "what is dangerous in a draft taken away", "UPDATE policy_versions SET dangers = '' WHERE number = 3",
            "policy version 3"),
        Tampering(
            "what a version changed",
            "UPDATE version_edits SET after = replace(after, 'ops@', 'eve@') WHERE version = 2 AND kind = 'client'",
            "policy version 2", "policy version 3", "policy version 4", "policy version 5", "policy version 6",
            "item client/acme"),
        Tampering(
            "a version removed",
            """
            DELETE FROM version_edits WHERE version = 6; DELETE FROM break_glass WHERE version = 6;
            DELETE FROM policy_versions WHERE number = 6
            """, "policy version 6", "break-glass version 6", "item client/glass"),
        Tampering(
            "a draft put in force",
            """
            UPDATE policy_versions SET state = 'retired' WHERE number = 6;
            UPDATE policy_versions SET state = 'shadow' WHERE number = 3
            """, "policy version 3", "policy version 6"),
        Tampering(
            "a client changed by hand", "UPDATE clients SET status = 'suspended' WHERE name = 'acme'",
            "item client/acme"),
        Tampering(
            "a client added by hand", "INSERT INTO clients VALUES ('eve', '', 'active', NULL, NULL, NULL, '')",
            "item client/eve"),
        Tampering("a scope removed by hand", "DELETE FROM scopes WHERE name = 'write'", "item scope/write"),
        Tampering(
            "a role given by hand", "INSERT INTO client_roles VALUES ('acme', 1, 'root')", "item client/acme"),
        Tampering(
            "a duty given by hand", "DELETE FROM operator_duties WHERE operator = 'jonas' AND duty = 'revoke'",
            "item operator/jonas"),
        Tampering(
            "a condition taken away by hand", "UPDATE permissions SET conditions = '[]' WHERE role = 'user'",
            "item role/user"),
        Tampering("a quota raised by hand", "UPDATE quotas SET \"limit\" = 1000000", "item quota/gold-hour"),
        Tampering("approvals weakened by hand", "DELETE FROM approvals", "item settings/policy"),
        Tampering(
            "an item's hash changed", "UPDATE policy_items SET hash = zeroblob(32) WHERE kind = 'client'",
            "item client/acme", "item client/glass"),
        Tampering(
            "break-glass prolonged", "UPDATE break_glass SET expires = expires + 1", "break-glass version 6"),
        Tampering(
            "break-glass kept", "UPDATE break_glass SET ended = 1, ending = 'kept'", "break-glass version 6"),
        Tampering(
            "a quota given to a client beside its tier", "UPDATE quotas SET client = 'acme'", "item quota/gold-hour"),
        Tampering(
            "an ordinary version made to come of another",
            "UPDATE policy_versions SET origin_version = 3 WHERE number = 4", "policy version 4"),
        Tampering(
            "break-glass made to come of another", "UPDATE policy_versions SET origin_version = 3 WHERE number = 6",
            "policy version 6"),
        Tampering(
            "an approver's number invented", "UPDATE policy_versions SET approver_id = 7 WHERE number = 4",
            "policy version 4"),
        Tampering(
            "a checkpoint's signature changed", "UPDATE checkpoints SET signature = zeroblob(64)",
            "checkpoint of policy at 9"),
    ]

    /// A store with some of everything: versions, a draft that was approved, break-glass, a refusal, a checkpoint.
    private func filled() throws -> (PolicyHome, Curve25519.Signing.PrivateKey) {
        let test = try PolicyHome()
        guard case .draft(let draft) = try test.apply([try test.wildcard()]) else { throw BadValue(text: "no draft") }
        try test.store.shadow(draft.number, true, by: .maria, reason: "compare")
        try test.apply([.scope(Scope(name: try Name("write"), note: "with “quotes” and \\"))])
        _ = try test.store.approve(draft.number, by: .jonas, reason: "fine")
        try test.apply([.client(try PolicyHome.client("glass"))], breakGlass: true)
        _ = try? test.apply([.client(try PolicyHome.client("x"))], by: Actor(name: "eve", userID: 666))
        try test.store.change(by: .maria, duty: .revoke, action: "token.revoke", target: "token/1", reason: "lost") {
            _ in
        }
        let key = Curve25519.Signing.PrivateKey()
        _ = try test.store.checkpoint(signing: signer(key))
        try test.store.close()
        return (test, key)
    }

    private func signer(_ key: Curve25519.Signing.PrivateKey) -> CheckpointSigner {
        CheckpointSigner(key: Array(key.publicKey.rawRepresentation)) { Array(try key.signature(for: $0)) }
    }

    @Test func `a version that can't be read is found, and the others are verified all the same`() throws {
        let test = try PolicyHome()
        try test.apply([.scope(Scope(name: try Name("more")))])
        try test.home.tamper("UPDATE policy_versions SET dangers = 'none-such' WHERE number = 2")
        let report = try test.store.verify()
        #expect(report.findings.map(\.description) == ["policy version 2: can't be read"])
        #expect(report.versions == 3 && report.items > 5)
    }

    @Test func `a review without a reviewer is none, and is found`() throws {
        let test = try PolicyHome()
        try test.apply([.scope(Scope(name: try Name("emergency")))], breakGlass: true)
        try test.home.tamper(
            "PRAGMA ignore_check_constraints = ON; UPDATE break_glass SET reviewed = 7;"
                + "UPDATE policy_versions SET approver = 'eve' WHERE number = 2")
        #expect(try test.store.breakGlassAlarms().count == 1)
        let found = try test.store.verify().findings.map(\.description)
        #expect(found.contains { $0.contains("who reviewed it contradicts itself") }, "\(found)")
        #expect(found.contains { $0.contains("who approved it contradicts itself") }, "\(found)")
    }

    @Test func `what was only written as it should be is intact, also for the other program`() throws {
        let (test, key) = try filled()
        let store = try PolicyStore(folder: test.home.folder, for: .reading)
        let report = try store.verify(trusting: [Array(key.publicKey.rawRepresentation)])
        #expect(report.findings == [])
        #expect(report.records == 9)
        #expect(report.versions == 6)
        #expect(report.items == 12)
        #expect(report.checkpoints == 1)
        #expect(try Verifier.places(test.home.folder) == [])
    }

    @Test(arguments: tamperings)
    func `tampering is found where it was done, by both programs`(_ tampering: Tampering) throws {
        let (test, _) = try filled()
        try test.home.tamper(tampering.sql)
        let report = try PolicyStore(folder: test.home.folder, for: .reading).verify()
        let places = Set(report.findings.map(\.place.description))
        #expect(tampering.places.isSubset(of: places), "\(report.findings)")
        #expect(try Verifier.places(test.home.folder) == places)
    }

    @Test func `each of several records that were changed is found, and nothing that only seems wrong for it`() throws {
        for (sql, places) in [
            (
                "UPDATE audit_records SET reason = 'x' WHERE sequence IN (3, 5, 8)",
                ["audit record 3", "audit record 5", "audit record 8"]
            ),
            ("UPDATE audit_records SET operator_id = 7 WHERE sequence = 1", ["audit record 1"]),
            ("UPDATE audit_records SET hash = zeroblob(32) WHERE sequence = 9", ["audit record 9"]),
            ("UPDATE audit_records SET previous = zeroblob(32) WHERE sequence = 6", ["audit record 6"]),
            // Version 4 is there, and nothing tells of it.
            (
                "DELETE FROM audit_records WHERE sequence IN (5, 8)",
                ["audit record 5", "audit record 8", "policy version 4"]
            ),
            (
                """
                UPDATE audit_records SET reason = 'x' WHERE sequence = 3;
                INSERT INTO clients VALUES ('eve', '', 'active', NULL, NULL, NULL, '')
                """, ["audit record 3", "item client/eve"]
            ),
        ] {
            let (test, _) = try filled()
            try test.home.tamper(sql)
            let report = try PolicyStore(folder: test.home.folder, for: .reading).verify()
            #expect(Set(report.findings.map(\.place.description)) == Set(places), "\(sql): \(report.findings)")
            #expect(report.findings.count == places.count)
            #expect(report.records == (sql.hasPrefix("DELETE") ? 7 : 9))
            #expect(try Verifier.places(test.home.folder) == Set(places))
        }
    }

    @Test func `a checkpoint that lies here and elsewhere is looked at once`() throws {
        let (test, _) = try filled()
        let exported = try PolicyStore(folder: test.home.folder, for: .reading).newestCheckpoints()
        try test.home.tamper("DELETE FROM audit_records WHERE sequence > 7")
        let report = try PolicyStore(folder: test.home.folder, for: .reading).verify(exported: exported)
        #expect(report.checkpoints == 1)
        #expect(report.findings.count { $0.place == .checkpoint(chain: "policy", length: 9) } == 1)
    }

    @Test func `past a damaged page the trail is read on, and it is said what to do`() throws {
        let test = try PolicyHome()
        for number in 0..<120 {
            try test.store.change(
                by: .maria, duty: .revoke, action: "token.revoke", target: "token/\(number)",
                reason: "needle \(number);"
            ) { _ in }
        }
        let key = Curve25519.Signing.PrivateKey()
        _ = try test.store.checkpoint(signing: signer(key))
        try test.store.close()
        let file = URL(fileURLWithPath: test.home.folder.policy)
        var bytes = try Data(contentsOf: file)
        let found = try #require(bytes.range(of: Data("needle 60;".utf8)))
        let page = found.lowerBound / 4096 * 4096
        bytes.replaceSubrange(page..<page + 4096, with: Data(repeating: 0xa5, count: 4096))
        try bytes.write(to: file)

        let report = try PolicyStore(folder: test.home.folder, for: .reading).verify()
        #expect(report.records > 90 && report.records < 122)
        let problems = report.findings.filter { if case .record = $0.place { true } else { false } }.map(\.problem)
        #expect(problems.count == 1 && problems[0].contains("restore the file from a copy"), "\(report.findings)")
        #expect(!report.findings.contains { if case .checkpoint = $0.place { true } else { false } })
    }

    @Test func `a trigger that is gone is found`() throws {
        let (test, _) = try filled()
        try test.home.edit(test.home.folder.policy, "DROP TRIGGER audit_records_are_not_changed")
        let report = try PolicyStore(folder: test.home.folder, for: .reading).verify()
        #expect(
            report.findings == [AuditFinding(.store, "trigger audit_records_are_not_changed is missing")])
    }

    @Test func `SQLite itself refuses to change what is history`() throws {
        let (test, _) = try filled()
        for sql in [
            "UPDATE audit_records SET reason = ''", "DELETE FROM audit_records", "DELETE FROM policy_versions",
            "UPDATE policy_versions SET reason = 'x'", "UPDATE policy_versions SET state = 'active' WHERE number = 1",
            "UPDATE version_edits SET after = NULL", "DELETE FROM version_edits", "DELETE FROM checkpoints",
            "UPDATE break_glass SET expires = 1", "DELETE FROM break_glass", "DELETE FROM settings",
            "UPDATE store SET id = zeroblob(16)",
            "INSERT INTO audit_records SELECT 77, \(Self.columns), previous, hash FROM audit_records LIMIT 1",
        ] {
            #expect(throws: DatabaseError.self, "\(sql)") { try test.home.edit(test.home.folder.policy, sql) }
        }
    }

    @Test func `a file that was put back, cut or written anew doesn't fit an exported checkpoint`() throws {
        let test = try PolicyHome()
        try test.store.close()
        let file = test.home.folder.policy
        let old = try Data(contentsOf: URL(fileURLWithPath: file))
        let key = Curve25519.Signing.PrivateKey()
        var exported: [Checkpoint] = []
        do {
            let store = try PolicyStore(folder: test.home.folder, for: .writing)
            try test.apply([.client(try PolicyHome.client("b"))], in: store)
            exported = try store.checkpoint(signing: signer(key))
            #expect(exported.count == 1)
            #expect(try store.checkpoint(signing: signer(key)) == [])
            try store.close()
        }
        let line = try #require(exported.first)
        #expect(Checkpoint(json: line.json.utf8) == line)
        let intact = try PolicyStore(folder: test.home.folder, for: .reading)
        #expect(try intact.verify(exported: exported).isIntact)
        #expect(try Verifier.places(test.home.folder, exported) == [])
        let others: Set<[UInt8]> = [Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation)]
        #expect(
            try intact.verify(exported: exported, trusting: others).findings.last?.problem
                == "signed by a key that isn't trusted")

        for suffix in ["-wal", "-shm"] { unlink(file + suffix) }
        try old.write(to: URL(fileURLWithPath: file))
        let place = "checkpoint of policy at 3"
        let cut = try PolicyStore(folder: test.home.folder, for: .reading).verify(exported: exported)
        #expect(cut.findings.map(\.place.description) == [place])
        #expect(cut.findings.first?.problem.contains("put back to an older state") == true)
        #expect(try Verifier.places(test.home.folder, exported) == [place])

        let store = try PolicyStore(folder: test.home.folder, for: .writing)
        try test.apply([.client(try PolicyHome.client("c"))], in: store)
        try test.apply([.client(try PolicyHome.client("d"))], in: store)
        let anew = try store.verify(exported: exported)
        #expect(anew.findings.map(\.problem) == ["the audit trail was written anew"])
        #expect(try Verifier.places(test.home.folder, exported) == [place])

        var forged = line.json
        forged.replace("\"length\":3", with: "\"length\":2")
        let forgery = try #require(Checkpoint(json: forged.utf8))
        #expect(try store.verify(exported: [forgery]).findings.first?.problem == "its signature doesn't hold")
    }

    @Test func `segments of traffic are looked at too, and against exported checkpoints`() throws {
        let test = try PolicyHome()
        let start = Timestamp(seconds: 1_763_640_000)
        func fill(_ home: TemporaryStore, seed: UInt64) throws {
            let writer = try home.writer()
            var source = try TestSource(writer)
            var generator = SeededGenerator(seed: seed)
            for day in 0..<2 {
                let events = (0..<120).map { number in
                    AccessEvent.random(
                        around: start.advanced(by: Int64(day) * Day.microseconds + Int64(number) * 1000), &generator)
                }
                _ = try writer.commit([source.progress(events)])
            }
            try writer.close()
        }
        try fill(test.home, seed: 1)
        let key = Curve25519.Signing.PrivateKey()
        let exported = try test.store.checkpoint(signing: signer(key))
        #expect(exported.map(\.chain) == ["policy", "traffic-2025-11-20", "traffic-2025-11-21"])
        #expect(try test.store.verify(exported: exported).findings == [])
        #expect(try Verifier.places(test.home.folder, exported) == [])

        // The same day of another store, whole and with a chain of its own.
        let other = try TemporaryStore()
        try fill(other, seed: 2)
        let segment = SegmentID(day: start.day, part: 1)
        let path = test.home.folder.segment(segment)
        let own = try Data(contentsOf: URL(fileURLWithPath: path))
        try Data(contentsOf: URL(fileURLWithPath: other.folder.segment(segment))).write(to: URL(fileURLWithPath: path))
        let swapped = try test.store.verify(exported: exported).findings.map(\.place.description)
        #expect(swapped == ["segment traffic-2025-11-20.sqlite"])
        #expect(try Verifier.places(test.home.folder, exported) == Set(swapped))

        try own.write(to: URL(fileURLWithPath: path))
        try test.home.edit(path, "UPDATE columns SET base = base + 1 WHERE id = 3")
        let changed = try test.store.verify(exported: exported).findings.map(\.place.description)
        #expect(changed == ["segment traffic-2025-11-20.sqlite"])
        #expect(try Verifier.places(test.home.folder, exported) == Set(changed))

        StoreFolder.removeDatabase(path)
        let gone = try test.store.verify(exported: exported).findings.map(\.place.description)
        #expect(gone == ["segment traffic-2025-11-20.sqlite"])
        #expect(try Verifier.places(test.home.folder, exported) == Set(gone))
    }
}

/// The independent program.
enum Verifier {
    private static let script =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().path + "/AuditVerifier/verify_audit.py"

    /// The places of its findings.
    static func places(_ folder: StoreFolder, _ exported: [Checkpoint] = []) throws -> Set<String> {
        let lines = folder.path + "/../checkpoints.jsonl"
        try exported.map { $0.json + "\n" }.joined().write(toFile: lines, atomically: true, encoding: .utf8)
        let (output, ending) = try Child("python3", [script, folder.path, lines]).finish()
        var places: Set<String> = []
        for line in output.split(separator: "\n") {
            let finding = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            places.insert(try #require(finding?["place"]))
        }
        #expect(ending == (places.isEmpty ? 0 : 1))
        return places
    }
}
