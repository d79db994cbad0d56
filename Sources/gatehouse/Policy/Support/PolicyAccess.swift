import ArgumentParser
import Domain
import Glibc
import Store

/// The policy store as a command opens it, and who asks.
struct PolicyAccess {
    let store: PolicyStore
    let actor: Actor

    /// Opens the store for looking, which takes the duty to watch. What was changed by break-glass and is over is
    /// taken back first, so that nobody sees it in force, nor by it.
    static func reading(_ option: StoreOption) throws -> PolicyAccess {
        let access = try opening(option)
        try access.store.require(.watch, of: access.actor)
        return access
    }

    /// Who runs this process; who was called by somebody else and can't be believed is told why.
    private static func actor(for folder: StoreFolder) -> Actor {
        let actor = Actor.ofProcess(for: folder)
        if let userID = Actor.unbelieved(for: folder) {
            StandardError.write(
                "gatehouse: you are taken for \(actor.name): SUDO_UID says \(userID), but that this user logged in "
                    + "isn't known to the kernel (/proc/self/loginuid); run it as root, or as an operator's own account\n"
            )
        }
        return actor
    }

    /// Opens the store for verifying it, which is possible too where the damage hides who may watch.
    static func verifying(_ option: StoreOption) throws -> PolicyAccess {
        let folder = try folder(option)
        let access = PolicyAccess(
            store: try PolicyStore(folder: folder, for: .reading), actor: actor(for: folder))
        do {
            try access.store.require(.watch, of: access.actor)
        } catch let error as PolicyStoreError {
            if case .storage = error { return access }
            // Where the tables were changed by hand, the history says who may watch.
            guard case .dutyMissing = error, let (told, problem) = try? access.store.shown(), problem != nil,
                told.policy.operators.contains(where: {
                    $0.userID == access.actor.userID && $0.duties.contains(.watch)
                })
            else { throw error }
        }
        return access
    }

    private static func opening(_ option: StoreOption) throws -> PolicyAccess {
        let folder = try folder(option)
        let access = PolicyAccess(
            store: try PolicyStore(folder: folder, for: .reading), actor: actor(for: folder))
        do {
            if try access.store.isBreakGlassDue() { try writing(option).store.close() }
        } catch {
            StandardError.write("gatehouse: whether a change by break-glass is over can't be seen to: \(error)\n")
        }
        return access
    }

    /// Opens the store for a change, and takes back what was changed by break-glass and is over.
    static func writing(_ option: StoreOption) throws -> PolicyAccess {
        let folder = try folder(option)
        let access = PolicyAccess(
            store: try PolicyStore(folder: folder, for: .writing), actor: actor(for: folder))
        for version in try access.store.revertExpiredBreakGlass() {
            StandardError.write("gatehouse: version \(version.number): \(SafeText.cut(version.reason, bytes: 200))\n")
        }
        return access
    }

    /// Opens the store for a change that is made out of what is there: who may not make it is refused, on record, before
    /// an error could tell anything of that.
    static func writing(
        _ change: ChangeOptions, duty: Duty, action: String, target: String
    ) throws -> PolicyAccess {
        let access = try writing(change.policy.store)
        if try !access.store.allows(duty, to: access.actor) {
            try access.store.refuse(
                access.actor, lacking: duty, action: action, target: target, reason: try change.reason.text())
        }
        return access
    }

    /// Whoever can't look into the folder doesn't know whether there is a policy in it.
    private static func folder(_ option: StoreOption) throws -> StoreFolder {
        let folder = StoreFolder(option.path)
        if access(folder.path, F_OK) == 0, access(folder.path, R_OK | X_OK) != 0 {
            throw PolicyStoreError.storage(StoreError(.permission, path: folder.path))
        }
        return folder
    }

    /// The policy in force for lists. Where its tables are damaged, what the history has of it is shown, and said so.
    func shown() throws -> ActivePolicy {
        let (active, problem) = try store.shown()
        if let problem {
            StandardError.write(
                "gatehouse: \(problem)\ngatehouse: shown is what the history has of version \(active.version.number)\n")
        }
        return active
    }

    /// Applies edits, and says what became of them.
    func apply(_ edits: [PolicyEdit], basedOn: Int, reason: String, breakGlass: Bool = false) throws -> PolicyOutcome {
        try store.apply(edits, by: actor, reason: reason, basedOn: basedOn, breakGlass: breakGlass)
    }
}

/// What every command of the policy takes.
struct PolicyOptions: ParsableArguments {
    @OptionGroup var store: StoreOption

    @Flag(help: "JSON, one object a line.")
    var json = false
}

/// What every command that changes something takes too.
struct ChangeOptions: ParsableArguments {
    @OptionGroup var reason: ReasonOption
    @OptionGroup var policy: PolicyOptions
}
