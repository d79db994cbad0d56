// The folder that a store lives in: which file is where, and who may open it.

package import Domain
import Glibc

package struct StoreFolder: Hashable, Sendable {
    static let catalogName = "traffic.sqlite"

    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// The catalog: sources, segments, unread lines, who writes.
    package var catalog: String { path + "/" + Self.catalogName }
    package var lock: String { path + "/traffic.lock" }
    /// The policy, its history and the audit trail.
    package var policy: String { path + "/policy.sqlite" }
    /// Says who changes the policy at this moment.
    var policyLock: String { path + "/policy.lock" }

    package func segment(_ id: SegmentID) -> String {
        path + "/" + Self.fileName(of: id)
    }

    package static func fileName(of id: SegmentID) -> String {
        let date = CivilTime(id.day.start)
        let day = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        return id.part == 1 ? "traffic-\(day).sqlite" : "traffic-\(day).\(id.part).sqlite"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The segments whose files are in the folder, in order.
    package func segments() -> [SegmentID] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var segments: [SegmentID] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let segment = Self.segment(ofFile: name) { segments.append(segment) }
        }
        return segments.sorted()
    }

    /// The segment that a file name stands for; nil when it is another file.
    private static func segment(ofFile name: String) -> SegmentID? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, parts.last == "sqlite", parts[0].hasPrefix("traffic-") else {
            return nil
        }
        let date = parts[0].dropFirst("traffic-".count).split(separator: "-").compactMap { Int($0) }
        let part = parts.count == 2 ? 1 : Int(parts[1]) ?? 0
        guard date.count == 3, part > 0,
            let start = CivilTime(year: date[0], month: date[1], day: date[2]).timestamp()
        else { return nil }
        let id = SegmentID(day: start.day, part: part)
        return fileName(of: id) == name ? id : nil
    }

    package var exists: Bool { access(path, F_OK) == 0 }
    package var hasPolicy: Bool { access(policy, F_OK) == 0 }
    package var hasCatalog: Bool { access(catalog, F_OK) == 0 }

    package var isFolder: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Refuses a path that something else than a folder lies at.
    package func checkIsFolder() throws(StoreError) {
        guard !isFolder else { return }
        throw StoreError(.other("is a file, not a store's folder; name a folder with --store"), path: path)
    }

    /// Makes the folder and its parents; only the owner may enter it.
    ///
    /// A folder that is there and open to others is an error rather than something to repair in silence: it may have
    /// been read already.
    func create() throws(StoreError) {
        var ancestor = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            ancestor += (ancestor.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
            guard mkdir(ancestor, 0o700) != 0, errno != EEXIST else { continue }
            // Whether an existing ancestor may be written is of no interest, only whether the last step succeeds.
            guard access(ancestor, F_OK) == 0 else { throw StoreError(.system(errno), path: ancestor) }
        }
        try checkAccess()
    }

    /// Refuses a folder that other accounts own or can look into, also for root: who owns it could put links in it.
    package func checkAccess() throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw StoreError(.system(errno), path: path) }
        try checkIsFolder()
        guard status.st_uid == geteuid() else {
            throw StoreError(.other("the folder belongs to another account (uid \(status.st_uid))"), path: path)
        }
        guard status.st_mode & 0o077 == 0 else {
            throw StoreError(.other("other accounts can look into the folder; run: chmod 700 '\(path)'"), path: path)
        }
    }

    /// Why the policy can be read and not written, in a few words; nil when it can be written.
    package var reasonAgainstWriting: String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        if status.st_uid != geteuid() { return "the store belongs to another account (uid \(status.st_uid))" }
        if status.st_mode & 0o077 != 0 { return "other accounts can look into the store; run: chmod 700 '\(path)'" }
        guard faccessat(AT_FDCWD, policy, R_OK | W_OK, AT_EACCESS) == 0 else {
            return "the store can't be written: " + String(cString: strerror(errno))
        }
        return nil
    }

    /// Makes an empty file that only the owner may read, unless it is there.
    ///
    /// SQLite would make it with the umask's mode, and its logs take the mode of the file. A file that is there isn't
    /// opened: closing it again would end the locks that SQLite holds on it elsewhere in this process (fcntl(2)), and
    /// whoever ends next would take the log from under it.
    static func createFile(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        guard errno == EEXIST else { throw StoreError(.system(errno), path: path) }
        var status = stat()
        guard lstat(path, &status) == 0 else { throw StoreError(.system(errno), path: path) }
        guard status.st_mode & S_IFMT != S_IFLNK else { throw StoreError(.symbolicLink, path: path) }
        guard faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 else {
            throw StoreError(.system(errno), path: path)
        }
    }

    /// Opens a file for writing, making it first when it isn't there; a symbolic link in its place is refused.
    static func openFile(_ path: String) throws(StoreError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor >= 0 { return descriptor }
        throw StoreError(errno == ELOOP ? .symbolicLink : .system(errno), path: path)
    }

    /// The bytes that a database and its log take on disk; 0 when it isn't there.
    static func bytes(ofDatabase path: String) -> Int64 {
        size(path) + bytes(ofLogOf: path)
    }

    /// The bytes of a database's log; 0 when it has none.
    static func bytes(ofLogOf path: String) -> Int64 { size(path + "-wal") }

    private static func size(_ path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// Deletes a database with its log; one that isn't there is no error.
    static func removeDatabase(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }
}

extension StoreError.Problem {
    static let symbolicLink = Self.other("a symbolic link, which is not followed")

    /// The problem that an `errno` stands for.
    static func system(_ code: Int32) -> Self {
        switch code {
        case ENOENT: .missing
        case EACCES, EPERM: .permission
        case EROFS: .readOnly
        case ENOSPC, EDQUOT: .full
        case EIO: .inputOutput(String(cString: strerror(code)))
        default: .other(String(cString: strerror(code)))
        }
    }
}
