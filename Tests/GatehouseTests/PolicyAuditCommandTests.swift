import Foundation
import Testing

@testable import Store

struct PolicyAuditCommandTests {
    @Test func `who did what and why is listed, shown and exported`() throws {
        let program = try GatehouseProgram.withPolicy()
        #expect(try program.run("client", "set", "user-app", "--note", "x", "--reason", "why not").status == 0)
        let records = try program.run("audit", "list", "--json").objects()
        #expect(records.compactMap { $0["number"] as? Int } == Array(1...records.count))
        #expect(
            records.last?["reason"] as? String == "why not" && records.last?["target"] as? String == "client/user-app")
        let newest = try program.run("audit", "list", "--limit", "1", "--json").objects()
        #expect(newest.first?["number"] as? Int == records.count)
        let shown = try program.object("audit", "show", "\(records.count)", "--json")
        #expect((shown["after"] as? [String: Any])?["version"] as? Int == 3)
        #expect(try program.run("audit", "show", "999").status == 1)
        let exported = try program.run("audit", "export").objects()
        #expect(exported.count == records.count)
        for (record, next) in zip(exported, exported.dropFirst()) {
            #expect(record["hash"] as? String == next["previous"] as? String)
        }
    }

    @Test func `verifying finds nothing, then a rollback by a checkpoint that was kept elsewhere`() throws {
        let program = try GatehouseProgram.withPolicy()
        let file = program.store + "/policy.sqlite"
        #expect(try program.object("audit", "verify", "--json")["intact"] as? Bool == true)
        let copy = program.folder.path + "/copy.sqlite"
        try FileManager.default.copyItem(atPath: file, toPath: copy)
        #expect(try program.run("client", "set", "user-app", "--note", "x", "--reason", "r").status == 0)
        let checkpoint = try program.run("audit", "checkpoint")
        #expect(checkpoint.status == 0, "\(checkpoint.errors)")
        #expect(try checkpoint.objects().first?["chain"] as? String == "policy")
        #expect(try program.run("audit", "export", "--checkpoints").output == checkpoint.output)
        let whole = try program.run("audit", "verify", "--checkpoints", "-", input: checkpoint.output)
        #expect(whole.status == 0 && whole.output.contains("all is as it was written"), "\(whole.errors)")
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) }
        try FileManager.default.copyItem(atPath: copy, toPath: file)
        #expect(try program.run("audit", "verify").status == 0)
        let rolledBack = try program.run("audit", "verify", "--checkpoints", "-", input: checkpoint.output)
        #expect(rolledBack.status == 1 && rolledBack.output.contains("checkpoint of policy"), "\(rolledBack.output)")
        #expect(
            try program.run("audit", "verify", "--checkpoints", "-", input: "{}\n").errors.contains("is no checkpoint"))
    }

    @Test func `checkpoints on a timer go to a file until the program is ended`() throws {
        let program = try GatehouseProgram.withPolicy()
        let file = program.folder.path + "/checkpoints.jsonl"
        func lines() -> Int {
            (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: "\n").count ?? 0
        }
        func wait(for count: Int) {
            for _ in 0..<9000 where lines() < count { usleep(10_000) }
        }
        let process = try program.start(["audit", "checkpoint", "--every", "1s", "--output", file])
        wait(for: 1)
        #expect(try program.run("client", "set", "user-app", "--note", "x", "--reason", "r").status == 0)
        wait(for: 2)
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && process.terminationReason == .exit)
        #expect(lines() == 2)
        let verified = try program.run("audit", "verify", "--checkpoints", file)
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        // The file is added to, and nothing is written twice.
        #expect(try program.run("audit", "checkpoint", "--output", file).status == 0)
        #expect(lines() == 2)
        // What somebody else had made, and kept to themselves, comes into it too.
        #expect(try program.run("client", "set", "user-app", "--note", "y", "--reason", "r").status == 0)
        #expect(try program.run("audit", "checkpoint").status == 0)
        #expect(try program.run("audit", "checkpoint", "--output", file).status == 0)
        #expect(lines() == 3)
        let newest = try program.run("audit", "export", "--checkpoints").output
        #expect(try String(contentsOfFile: file, encoding: .utf8).hasSuffix(newest))
        let empty = try program.run("audit", "verify", "--checkpoints", "/dev/null")
        #expect(empty.status == 1 && empty.errors.contains("holds no checkpoint"), "\(empty.errors)")
        let nowhere = try program.run("audit", "checkpoint", "--output", program.folder.path + "/no/file")
        #expect(nowhere.status == 1 && nowhere.errors.contains("can't be written"), "\(nowhere.errors)")
        for wrong in ["0s", "soon", "-1h"] {
            #expect(try program.run("audit", "checkpoint", "--every=\(wrong)").status == 2)
        }
    }

    @Test func `of a policy that was changed by hand lists show what the history has, and nothing is decided by it`()
        throws
    {
        let program = try GatehouseProgram.withPolicy()
        let before = try program.run("client", "list").output
        let database = try SQLiteDatabase(path: StoreFolder(program.store).policy, mode: .write)
        try database.execute("INSERT INTO permissions VALUES ('guest', 5, 'allow', 511, '/a/../b', '[]')")
        for command in [["client", "list"], ["policy", "show"], ["role", "show", "guest"]] {
            let shown = try program.runList(command)
            #expect(shown.status == 0 && shown.errors.contains("what the history has of version 2"), "\(shown.errors)")
        }
        #expect(try program.run("client", "list").output == before)
        let decided = try program.run(
            "policy", "try", "--client", "guest-app", "--method", "GET", "--path", "/public/x")
        #expect(decided.status == 1 && decided.errors.contains("restore the file from a copy"), "\(decided.errors)")
        #expect(try program.run("client", "set", "guest-app", "--note", "x", "--reason", "r").status == 1)
        let verified = try program.run("audit", "verify")
        #expect(verified.status == 1 && !verified.errors.contains("Run 'gatehouse audit verify'"), "\(verified.errors)")
    }
}
