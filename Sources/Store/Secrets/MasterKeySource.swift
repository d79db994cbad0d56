// Where the master key lies: a file that only its owner can read, a credential of systemd, or the environment.

import Domain
import Glibc

package struct MasterKeySource: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        case file(String)
        /// A file too, which systemd makes for the service (systemd.exec(5), LoadCredential=).
        case credential(String)
        case environment(value: String)
    }

    static let fileVariable = "GATEHOUSE_MASTER_KEY_FILE"
    static let keyVariable = "GATEHOUSE_MASTER_KEY"
    static let credentialsVariable = "CREDENTIALS_DIRECTORY"
    static let credentialName = "gatehouse-master-key"

    package let place: Place

    package init(_ place: Place) {
        self.place = place
    }

    /// The first of: a file that the environment names, a credential of systemd, a key in the environment, and a file in
    /// the store's folder.
    package init(folder: StoreFolder, environment: [String: String]) {
        if let path = environment[Self.fileVariable], !path.isEmpty {
            place = .file(path)
        } else if let path = environment[Self.credentialsVariable].map({ $0 + "/" + Self.credentialName }),
            access(path, F_OK) == 0
        {
            place = .credential(path)
        } else if let value = environment[Self.keyVariable], !value.isEmpty {
            place = .environment(value: value)
        } else {
            place = .file(folder.path + "/master.key")
        }
    }

    /// Where it is, for messages; never what it is.
    package var name: String {
        switch place {
        case .file(let path): path
        case .credential(let path): "systemd's credential \(path)"
        case .environment: "the variable \(Self.keyVariable)"
        }
    }

    package var exists: Bool {
        switch place {
        case .file(let path), .credential(let path): access(path, F_OK) == 0
        case .environment: true
        }
    }

    /// The keys that are there: one, or while it is changed the old one and the new one, each in a line.
    func keys() throws(SecretsError) -> [MasterKey] {
        let text: String
        switch place {
        case .environment(let value): text = value
        case .file(let path), .credential(let path): text = try contents(of: path)
        }
        let words = text.split { $0.isWhitespace }
        let keys = words.compactMap { MasterKey(text: $0.utf8) }
        guard (1...2).contains(keys.count), keys.count == words.count else { throw .masterKeyMalformed(name) }
        return keys
    }

    private func contents(of path: String) throws(SecretsError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw errno == ENOENT
                ? .masterKeyMissing(name) : .masterKeyUnreadable(name, String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .masterKeyUnreadable(name, "it is no file")
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw .masterKeyUnreadable(name, "it belongs to another account (uid \(status.st_uid))")
        }
        // systemd's own have a group and an access list, in a folder that nobody else enters.
        let others: mode_t = if case .credential = place { 0o007 } else { 0o077 }
        guard status.st_mode & others == 0 else { throw .masterKeyOpen(path) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw .masterKeyUnreadable(name, String(cString: strerror(errno))) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Puts keys into the file in one step: after a crash the file holds what it held, or these.
    func write(_ keys: [MasterKey]) throws(SecretsError) {
        guard case .file(let path) = place else { throw .masterKeyElsewhere(name) }
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .masterKeyUnwritable(path, String(cString: strerror(errno))) }
        let bytes = Array(keys.map { $0.text + "\n" }.joined().utf8)
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        let isSynced = written == bytes.count && fsync(descriptor) == 0
        close(descriptor)
        guard isSynced, rename(draft, path) == 0 else {
            let problem = String(cString: strerror(errno))
            unlink(draft)
            throw .masterKeyUnwritable(path, problem)
        }
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let folder = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }
}
