import Foundation
import Testing

struct PolicyBreakGlassCommandTests {
    @Test func `break-glass gives nobody a duty, and what stands on it is refused with what to do`() throws {
        let program = try GatehouseProgram.withPolicy()
        let file = "operators:\n  evil: {user_id: 1005, duties: [watch, edit, approve]}\n"
        let refused = try program.run("policy", "break-glass", "-", "--reason", "now", input: exported(program, file))
        #expect(refused.status == 3)
        #expect(refused.errors.contains("break-glass can't change operators"), "\(refused.errors)")
        let roles = "roles:\n  emergency: {permissions: []}\n"
        let applied = try program.run("policy", "break-glass", "-", "--reason", "now", input: exported(program, roles))
        #expect(applied.status == 0, "\(applied.errors)")
        let pinned = try program.run("role", "create", "keep", "--parents", "emergency", "--reason", "harmless")
        #expect(pinned.status == 3)
        #expect(pinned.errors.contains("could not be taken back any more when it ends"), "\(pinned.errors)")
        #expect(pinned.errors.contains("gatehouse policy undo"), "\(pinned.errors)")
        let version = try #require(try program.object("policy", "break-glass", "list", "--json")["version"] as? Int)
        #expect(try program.run("policy", "undo", "\(version)", "--reason", "over").status == 0)
        #expect(try program.object("policy", "break-glass", "list", "--json")["ending"] as? String == "reverted")
    }

    /// The exported policy with more in one of its sections.
    private func exported(_ program: GatehouseProgram, _ section: String) throws -> String {
        let policy = try program.run("policy", "export").output
        let head = try #require(section.split(separator: "\n").first)
        return policy.replacing("\(head)\n", with: section)
    }
}
