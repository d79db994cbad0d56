/// What went wrong with the store, where, and what to do about it.
package struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Problem: Hashable, Sendable {
        /// There is no store, or a file of it is gone.
        case missing
        /// Another process holds what is needed: "ingest, process 4711, since 2026-11-20T08:00:00Z".
        case locked(holder: String)
        /// The disk or the quota is full.
        case full
        /// The file is damaged; the text says how that was found.
        case corrupt(String)
        /// A newer program wrote the file.
        case newerSchema(found: Int, known: Int)
        /// The system refuses access.
        case permission
        /// The file or its file system can't be written.
        case readOnly
        /// The medium failed to read or write.
        case inputOutput(String)
        case other(String)
    }

    package var problem: Problem
    /// The file or folder that it is about.
    package var path: String

    package init(_ problem: Problem, path: String) {
        self.problem = problem
        self.path = path
    }

    /// What is wrong, and where.
    package var message: String {
        switch problem {
        case .missing: "\(path) is missing"
        case .locked(let holder): holder.isEmpty ? "\(path) is in use" : "\(path) is in use by \(holder)"
        case .full: "no space left to write \(path)"
        case .corrupt(let detail): "\(path) is damaged: \(detail)"
        case .newerSchema(let found, let known):
            "\(path) was written by a newer program (schema \(found); this one knows up to \(known))"
        case .permission: "no permission to use \(path)"
        case .readOnly: "\(path) can't be written: the file or its file system is read-only"
        case .inputOutput(let detail): "the disk failed at \(path): \(detail)"
        case .other(let detail): "\(path): \(detail)"
        }
    }

    /// What still works meanwhile, and what to do.
    package var advice: String {
        switch problem {
        case .missing: "The rest of the store still works. Run 'gatehouse ingest' to make one, or restore the file."
        case .locked: "Reading still works. Wait for the writer to end, or stop it."
        case .full: "Reading still works, and nothing half-written stays. Free some space, or set --keep."
        case .corrupt where isOfCatalog: "No day can be read without this file. Restore it from a copy."
        case .corrupt: "Other days still work. Restore the file from a copy, or move it away to go on without it."
        case .newerSchema: "Nothing was changed. Install the newer program."
        case .permission: "Run as the store's owner; the folder is for its owner alone (mode 0700)."
        case .readOnly: "Reading still works. Make it writable, or choose another folder with --store."
        case .inputOutput: "Other files may still work. Check the disk and the system's log."
        case .other: "Run 'gatehouse doctor' for more."
        }
    }

    /// Whether it is about the file that lists all the others.
    private var isOfCatalog: Bool { path.hasSuffix("/" + StoreFolder.catalogName) }

    package var description: String { "\(message). \(advice)" }
}
