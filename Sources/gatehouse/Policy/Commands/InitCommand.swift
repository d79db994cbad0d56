import ArgumentParser
import Domain
import Store
import Terminal

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Begin a policy: make the store, and you its first operator.",
        discussion: """
            The folder is for its owner alone. You get every duty: watch, edit, revoke, approve; give others theirs \
            with `gatehouse operator create`.

              gatehouse init
              gatehouse policy example | gatehouse policy apply - --reason "first policy"
            """)

    @OptionGroup var options: PolicyOptions

    func run() throws {
        let folder = StoreFolder(options.store.path)
        let actor = Actor.ofProcess(for: folder)
        let store = try opened(folder, actor)
        let active = try store.active()
        try store.close()
        var printer = PolicyPrinter(json: options.json)
        let person = active.policy.operators.first
        if options.json {
            try printer.object([
                ("store", .text(folder.path)), ("version", .integer(active.version.number)),
                ("operator", person.map { PolicyItem.operator($0).named(with: nil) } ?? PolicyTree(.nothing)),
            ])
        } else {
            try printer.line("made a policy in \(folder.path)")
            if let person {
                try printer.line(
                    "\(person.name) (user \(person.userID)) is its first operator: "
                        + person.duties.sorted().map(\.name).joined(separator: ", "))
            }
            try printer.line(
                "next: gatehouse policy example | gatehouse policy apply - --reason \"first policy\"", .dim)
        }
        try printer.finish()
    }

    /// Makes the policy and its keys; where an earlier attempt had no place for the master key, only the keys.
    private func opened(_ folder: StoreFolder, _ actor: Actor) throws -> PolicyStore {
        let source = MasterKeySource.ofProcess(options.store)
        do {
            let store = try PolicyStore.create(in: folder, by: actor)
            try store.makeKeys(by: actor, source: source)
            return store
        } catch let error as PolicyStoreError {
            guard case .alreadyInitialised = error else { throw error }
            let store = try PolicyStore(folder: folder, for: .writing)
            guard try store.keys().isEmpty, try store.makeKeys(by: actor, source: source) else { throw error }
            return store
        }
    }
}
