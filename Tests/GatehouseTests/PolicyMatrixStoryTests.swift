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
        console.goThrough()
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

    @Test func `what others changed of a role otherwise merges, and the matrix closes`() throws {
        console.press("4", "m")
        go(to: "device", "devices-id-config")
        console.press("space", "space")
        _ = try console.add("noor", 4712, [.watch, .edit])
        try console.meanwhile { policy in
            guard var device = try role("device") else { return }
            device.note = "sensors"
            policy.put(.role(device))
        }
        console.look()
        let before = try role("device")?.permissions
        console.press("ctrl-s")
        console.confirm("no configuration")
        #expect(console.text.contains("is in force") && console.text.contains("; merged with version"))
        #expect(try role("device")?.note == "sensors")
        #expect(try role("device")?.permissions != before)
        console.press("q")
        #expect(console.hasQuit, "\(console.text)")
    }

    @Test func `a cell that others changed too comes back as a conflict, and mine on top closes the matrix`() throws {
        console.press("4", "m")
        go(to: "device", "devices-id-config")
        console.press("space")
        _ = try console.add("noor", 4712, [.watch, .edit])
        try console.meanwhile { policy in
            guard var device = try role("device") else { return }
            device.permissions = []
            policy.put(.role(device))
        }
        console.look()
        console.press("ctrl-s")
        console.confirm("no configuration")
        #expect(console.text.contains("Changed by others meanwhile"))
        #expect(console.text.contains("permissions"))
        console.press("m")
        console.confirm("no configuration")
        #expect(try role("device")?.permissions != [])
        console.press("q")
        #expect(console.hasQuit, "\(console.text)")
    }
}
