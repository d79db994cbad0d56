import Glibc

/// Why a segment couldn't be read, and what its file was like then.
struct SegmentProblem: Equatable {
    let error: StoreError
    /// Nil when there was no file.
    let file: FileState?

    /// Whether reading some part of the file ends the problem.
    ///
    /// Damage may lie in another part, so it stays until the file is another one.
    func isOver(afterReading path: String) -> Bool {
        guard case .corrupt = error.problem else { return true }
        return FileState(ofFile: path) != file
    }
}

/// What changes when a file is replaced or written.
struct FileState: Equatable {
    private let inode: UInt64
    private let size: Int64
    /// In seconds and nanoseconds, when the file or its rights were last changed.
    private let changed: [Int]

    /// Nil when there is no file.
    init?(ofFile path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }
}
