// How fast the console shows and searches a policy with 100,000 clients, without a terminal.

import Console
import Domain
import Foundation
import Terminal

extension Benchmark {
    /// Every screen of the policy opened, and keys typed in filters, pickers, the matrix and Try, each with the frame
    /// that follows. Of the rounds the best counts, and of its keys the slowest.
    static let screens = Benchmark(
        name: "screens", what: "console on 100 000 clients: a screen opened; a key in a filter, picker or field",
        bar: "≤ 100 ms; ≤ 33 ms", aim: "≤ 33 ms; ≤ 16 ms"
    ) { bench in
        let (state, changed) = try largeStates(bench)
        // What is opened is looked at, so that no key is measured on another screen.
        let tally = UsageTally(state.snapshot)
        var walks: [ScreenWalk] = []
        for _ in 0..<bench.sizes.rounds {
            var walk = ScreenWalk(state, tally: tally)
            try walkForms(&walk)
            walkLists(&walk)
            try walkPages(&walk, changed)
            walks.append(walk)
        }
        let opened = ScreenWalk.best(walks.map(\.opened))
        let typed = ScreenWalk.best(walks.map(\.typed))
        bench.note("Opened, the slowest: \(ScreenWalk.list(opened)).")
        bench.note("Keys, the slowest: \(ScreenWalk.list(typed)).")
        return Result(ours: "\(ScreenWalk.worst(opened)); \(ScreenWalk.worst(typed)) at worst")
    }

    /// The large policy, and the same after a change of three things.
    private static func largeStates(_ bench: Workbench) throws -> (PolicyState, changed: PolicyState) {
        var policy = try LargePolicy(clients: bench.sizes.clients).policy
        try LargePolicy.addQuotas(to: &policy)
        let state = try state(of: policy, version: 1)
        if var client = policy.clients.first {
            client.scopes.removeFirst()
            policy.put(.client(client))
        }
        if let client = policy.clients.last { policy[PolicyItem.client(client).key] = nil }
        if var role = policy.roles.last {
            role.permissions.removeFirst()
            policy.put(.role(role))
        }
        return (state, try self.state(of: policy, version: 2))
    }

    private static func state(of policy: Policy, version number: Int) throws -> PolicyState {
        let snapshot = try PolicySnapshot(compiling: policy, zones: { _ in .utc })
        let actor = Actor(name: "maria", userID: 1)
        let version = PolicyVersion(
            number: number, parent: nil, origin: .first, state: .active, content: [], edits: [], author: actor,
            approver: nil, reason: "", created: LargePolicy.now, dangers: [])
        return PolicyState(version: version, snapshot: snapshot, actor: actor, duties: Set(Duty.allCases))
    }

    private static func walkLists(_ walk: inout ScreenWalk) {
        walk.open("Clients", "3")
        walk.press(["/"])
        walk.type("Clients", "client-99")
        walk.type("Clients", [.backspace, .backspace, .backspace])
        walk.press([.escape, "/"])
        walk.type("Clients", "team-7 role:role1* or -status:active")
        walk.press([.escape])
        walk.type("Clients' rows", ["j", .pageDown, "G", "g"])
        walk.open("a client", .enter)
        walk.press([.escape])
        walk.open("Clients sorted", "s")
        walk.open("Clients sorted", "s")
        walk.open("Clients sorted", "S")
        walk.press(["/"])
        walk.type("Clients sorted", "client-9")
        walk.type("Clients sorted", [.backspace, .backspace])
        walk.press([.escape])
        for (name, key, filter) in [
            ("Roles", "4", "role7"), ("Scopes", "5", "read"), ("Routes", "6", "things3"), ("Quotas", "7", "minute"),
        ] as [(String, Key, String)] {
            walk.open(name, key)
            walk.press(["/"])
            walk.type(name, filter)
            walk.press([.escape])
            walk.type(name, ["j", "G"])
            walk.open(name, "s")
        }
    }

    private static func walkForms(_ walk: inout ScreenWalk) throws {
        walk.press(["7", "g"])
        walk.open("a form", "n")
        walk.press(["q", .tab])
        walk.open("picker", .enter)
        walk.type("picker", "client-99")
        try walk.expect("client-9908")
        walk.press([.escape, .escape, "y", "4"])
        walk.open("matrix", "m")
        try walk.expect("roles 1000 × routes 2000")
        walk.type("matrix", ["j", "l", .pageDown, "G", .end, .enter, "f"])
        walk.type("matrix", "service7")
        walk.press([.escape, .escape, "y", ":"])
        walk.type("palette", "revoke client-99")
        try walk.expect("revoke client-99")
        walk.press([.escape])
    }

    private static func walkPages(_ walk: inout ScreenWalk, _ changed: PolicyState) throws {
        walk.press([":"] + ScreenWalk.keys("try"))
        walk.open("Try", .enter)
        walk.type("Try", "client-77777")
        walk.press([.tab, .tab])
        walk.type("Try", "/v1/service7/things3/item")
        try walk.expect("/v1/service7/things3/item")
        walk.press([.escape, .escape, "3", ":"] + ScreenWalk.keys("access review"))
        walk.open("Access review", .enter)
        walk.press(["/"])
        walk.type("Access review", "client-99")
        try walk.expect("client client-9900")
        walk.type("Access review", [.backspace, .backspace])
        walk.press([.escape, "/"])
        walk.type("Access review", "read kind:scope count>0 or -role:role1*")
        walk.press([.escape])
        walk.type("Access review's rows", ["j", .pageDown, "G", "g"])
        for _ in 0..<5 { walk.open("Access review sorted", "s") }
        walk.open("Access review marked", "a")
        walk.press(["3"])
        walk.receive("a changed policy", .policy(.ready(changed)))
        walk.press([":"] + ScreenWalk.keys("access review") + [.enter])
        try walk.expect(" of 90 days")
    }
}
