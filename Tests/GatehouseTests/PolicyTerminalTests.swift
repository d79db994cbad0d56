import Foundation
import Testing

struct PolicyTerminalTests {
    @Test(.enabled(if: TmuxSession.isInstalled)) func `at a terminal a reason and a yes are asked for`() throws {
        let program = try GatehouseProgram.withPolicy()
        let session = try TmuxSession(
            "\(GatehouseProgram.path) client set user-app --note x; \(GatehouseProgram.path) token revoke --client user-app",
            environment: ["GATEHOUSE_STORE": program.store, "HOME": program.folder.path])
        try session.expect("reason:")
        try session.type("the owner asked")
        try session.press("Enter")
        try session.expect("version 3 is in force")
        try session.expect("revoke client/user-app? type yes:")
        try session.type("no")
        try session.press("Enter")
        try session.expect("nothing was revoked")
        let last = try #require(try program.run("audit", "list", "--json").objects().last)
        #expect(last["reason"] as? String == "the owner asked")
    }
}
