import Console
import Domain
import Store
import Testing

@testable import gatehouse

/// The matrix of roles and routes on a real policy, edited cell by cell.
struct PolicyMatrixStoryTests {
    private let console: PolicyConsole

    init() throws {
        console = try PolicyConsole(traffic: true)
    }

    private func role(_ name: String) throws -> Role? {
        guard case .role(let role)? = try console.policy()[ItemKey(try Name<Role>(name))] else { return nil }
        return role
    }

    /// In the matrix, at a role and a route.
    private func go(to role: String, _ route: String) {
        for name in [role, route] {
            console.press("f")
            console.type(name)
            console.press("enter")
        }
    }

    @Test func `cells of two roles go into one change, and one undo takes it back`() throws {
        let before = try console.policy()
        console.press("4", "m")
        go(to: "device", "payments-id")
        console.press("space")
        go(to: "partner", "payments-id")
        console.press("space")
        #expect(try console.policy() == before)
        console.press("ctrl-s")
        #expect(console.text.contains("Review: change 2 things"))
        #expect(console.text.contains("~ role/device") && console.text.contains("~ role/partner"))
        console.confirm("devices pay")
        let device = try #require(try role("device")?.permissions.last)
        #expect(device.pattern.text == "/v1/payments/{id}" && device.effect == .allow)
        #expect(try role("partner")?.permissions.last?.pattern.text == "/v1/payments/{id}")
        #expect(!console.text.contains("none, allow, deny"))
        console.press("u")
        #expect(console.text.contains("Review: undo version"))
        console.press("enter", "enter")
        #expect(try console.policy() == before)
        #expect(try console.isIntact())
    }

    @Test func `what is written in the matrix survives another screen, and is asked about before it is lost`() throws {
        console.press("4", "m")
        go(to: "device", "payments-id")
        console.press("space", "alt-3", "q")
        #expect(console.text.contains("What was written on Roles would be lost"))
        console.press("esc", "4", "esc")
        #expect(console.text.contains("throw away what you changed?"))
        console.press("n", "ctrl-s")
        #expect(console.text.contains("Review: change role/device"))
    }

    @Test func `a role that others changed meanwhile comes back as a conflict, and mine on top closes the matrix`()
        throws
    {
        let noor = try console.add("noor", 4712, [.watch, .edit])
        let noors = try PolicyConsole(sharing: console.home, as: noor)
        console.press("4", "m")
        go(to: "device", "devices-id-config")
        console.press("space", "space")
        noors.press("4")
        noors.filter("device")
        noors.press("e", "ctrl-u")
        noors.type("sensors")
        noors.press("ctrl-s")
        noors.confirm("say what they are")
        #expect(try role("device")?.note == "sensors")
        console.look()
        console.press("ctrl-s")
        console.confirm("no configuration")
        #expect(console.text.contains("Changed by others meanwhile"))
        #expect(console.text.contains("sensors"))
        console.press("m")
        console.confirm("no configuration")
        #expect(try role("device")?.permissions != [])
        console.press("q")
        #expect(console.hasQuit, "\(console.text)")
    }
}
