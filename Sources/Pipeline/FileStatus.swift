import Glibc

/// What the file system says about a file.
struct FileStatus: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case regular
        case directory
        /// A pipe, socket or device: bytes that come once.
        case stream
    }

    /// Names a file for as long as somebody has it open, whatever its name is.
    struct Inode: Hashable, Sendable {
        let device: UInt64
        let number: UInt64
    }

    let kind: Kind
    let inode: Inode
    let size: Int64
    /// Nanoseconds since 1970.
    let modified: Int64
    /// Nanoseconds since 1970; also moves when the file is renamed.
    let changed: Int64

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .directory
        default: kind = .stream
        }
        inode = Inode(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        size = Int64(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    }

    /// The status of what a path leads to; nil when there is nothing.
    static func of(_ path: String) -> FileStatus? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return FileStatus(status)
    }
}
