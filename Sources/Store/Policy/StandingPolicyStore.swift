// Whoever reads for long, such as a console or a gateway, must not go on by a file that somebody replaced, nor take
// another store for its own.

package import Domain
import Glibc

/// A policy store that is read for as long as the program runs; what lies under its name is looked at each time.
package struct StandingPolicyStore {
    private let folder: StoreFolder
    private let clock: () -> Timestamp
    private var open: (store: PolicyStore, file: FileIdentity)?
    /// The store as it was seen last: which one, and how its audit trail ended.
    private var seen: (id: [UInt8], chain: AuditChain)?

    package init(folder: StoreFolder, clock: @escaping () -> Timestamp = SystemClock.now) {
        self.folder = folder
        self.clock = clock
    }

    /// The store, and whether it was opened anew: then what was read before has to be read again.
    ///
    /// Throws `replaced` when another store lies there, or another state of it than one that goes on from what was seen:
    /// an older copy would bring back what was revoked since.
    package mutating func store() throws -> (store: PolicyStore, isNew: Bool) {
        do {
            let file = FileIdentity(of: folder)
            if let open, open.file == file {
                try check(open.store)
                return (open.store, false)
            }
            let store = try PolicyStore(folder: folder, for: .reading, clock: clock)
            guard let file, FileIdentity(of: folder) == file else {
                throw StoreError(.other("was replaced while it was opened; it is tried again"), path: folder.policy)
            }
            try check(store)
            open = (store, file)
            return (store, true)
        } catch {
            open = nil
            throw error
        }
    }

    /// The same store for writing; whoever asks closes it.
    package mutating func writer() throws -> PolicyStore {
        let writer = try PolicyStore(folder: folder, for: .writing, clock: clock)
        do {
            try check(writer)
            return writer
        } catch {
            try? writer.close()
            throw error
        }
    }

    package mutating func close() { open = nil }

    private mutating func check(_ store: PolicyStore) throws {
        let (id, chain, hash) = try store.read { database in
            let record = try database.prepare("SELECT hash FROM audit_records WHERE sequence = ?")
            record.bind(seen?.chain.length ?? 0, at: 1)
            return (
                try AuditTable.storeID(in: database), try AuditTable.chain(in: database),
                try record.step() ? record.array(0) : nil
            )
        }
        if let seen {
            guard id == seen.id else {
                throw PolicyStoreError.replaced(path: folder.policy, "another store lies there now")
            }
            guard hash == seen.chain.head else {
                throw PolicyStoreError.replaced(
                    path: folder.policy,
                    "its audit trail doesn't hold record \(seen.chain.length), which was there; an older copy lies there, "
                        + "or the trail was written anew")
            }
        }
        seen = (id, chain)
    }
}

/// Which file lies under a name; not reused as long as somebody has the file open.
private struct FileIdentity: Equatable {
    private let device: UInt64
    private let number: UInt64

    /// Nil when there is none.
    init?(of folder: StoreFolder) {
        var status = stat()
        guard stat(folder.policy, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
    }
}

extension PolicyStoreError {
    package var isReplaced: Bool { if case .replaced = self { true } else { false } }

    /// Whether there is no policy at all.
    package var isMissing: Bool { if case .notInitialised = self { true } else { false } }
}
