// Changes a policy as fast as it can, for tests that kill it; and measures how long changes of a large one take.

import Domain
import Glibc
import Store

@main
enum Storm {
    static func main() {
        do {
            try run()
        } catch {
            print("\(error)")
            exit(1)
        }
    }

    private static func run() throws {
        let arguments = CommandLine.arguments
        switch arguments.dropFirst().first {
        case "storm" where arguments.count == 4: try storm(StoreFolder(arguments[2]), round: arguments[3])
        case "look" where arguments.count == 3: try look(StoreFolder(arguments[2]))
        case "measure" where arguments.count == 4:
            try measure(StoreFolder(arguments[2]), clients: Int(arguments[3]) ?? 0)
        default:
            print("usage: store-storm storm FOLDER ROUND | look FOLDER | measure FOLDER CLIENTS")
            exit(2)
        }
    }

    private static let owner = Actor(name: "storm", userID: 4711)

    /// Two items a change, and a line for each change that was acknowledged.
    private static func storm(_ folder: StoreFolder, round: String) throws {
        let store = try open(folder)
        for number in 0... {
            let active = try store.active()
            let name = "\(round)-\(number)"
            let items: [PolicyItem] = [.scope(Scope(name: try Name(name))), .tier(Tier(name: try Name(name)))]
            _ = try store.apply(
                items.map { PolicyEdit(key: $0.key, before: nil, after: $0) }, by: owner, reason: "storm",
                basedOn: active.version.number)
            var line = Array("\(name)\n".utf8)
            guard write(1, &line, line.count) == line.count else { return }
        }
    }

    /// All scopes that there are, after a look at whether everything is whole.
    private static func look(_ folder: StoreFolder) throws {
        let store = try PolicyStore(folder: folder, for: .reading)
        for scope in try store.active().policy.scopes { print(scope.name) }
        for finding in try store.verify().findings { print(finding) }
    }

    /// A kill may have come before there was anything in the file.
    private static func open(_ folder: StoreFolder) throws -> PolicyStore {
        do {
            return try PolicyStore(folder: folder, for: .writing)
        } catch PolicyStoreError.notInitialised {
            return try PolicyStore.create(in: folder, by: owner)
        }
    }

    private static func measure(_ folder: StoreFolder, clients count: Int) throws {
        let store = try PolicyStore.create(in: folder, by: owner)
        var items: [PolicyItem] = []
        for number in 0..<100 {
            let permission = Permission(methods: .all, pattern: try RoutePattern("/v1/things-\(number)/{id}"))
            items.append(.role(Role(name: try Name("role-\(number)"), permissions: [permission])))
            items.append(.scope(Scope(name: try Name("scope-\(number)"))))
        }
        for number in 0..<count {
            items.append(
                .client(
                    Client(
                        name: try Name("client-\(number)"), owner: "team-\(number % 50)@example.org",
                        roles: [try Name("role-\(number % 100)"), try Name("role-\((number + 7) % 100)")],
                        scopes: [try Name("scope-\(number % 100)")], created: Timestamp(seconds: 1_763_700_000))))
        }
        try time("import \(count) clients") {
            _ = try store.apply(
                items.map { PolicyEdit(key: $0.key, before: nil, after: $0) }, by: owner, reason: "import", basedOn: 1)
        }
        try store.close()
        var opened: PolicyStore?
        try time("open and load") {
            opened = try PolicyStore(folder: folder, for: .writing)
            _ = try opened?.active()
        }
        guard let opened else { return }
        for number in 0..<5 {
            try time("apply one edit") {
                let active = try opened.active()
                guard case .client(var client)? = active.policy[ItemKey(try Name<Client>("client-\(number)"))] else {
                    return
                }
                client.note = "changed"
                let edit = PolicyEdit(
                    key: ItemKey(client.name), before: active.policy[ItemKey(client.name)], after: .client(client))
                _ = try opened.apply([edit], by: owner, reason: "edit", basedOn: active.version.number)
            }
        }
        try time("a cold process' edit") {
            let cold = try PolicyStore(folder: folder, for: .writing)
            _ = try cold.undo(3, by: owner, reason: "undo")
        }
        try time("verify") { print(try opened.verify().findings) }
    }

    private static func time(_ what: String, _ body: () throws -> Void) rethrows {
        let duration = try ContinuousClock().measure(body)
        print("\(what): \(duration / .milliseconds(1)) ms")
    }
}
