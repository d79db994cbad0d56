import Glibc

/// Tells that something happened to watched files and folders, by inotify; where that doesn't work, it never does.
final class ChangeWatch {
    /// A watch on one file or folder.
    struct Watch: Sendable {
        fileprivate let number: Int32
    }

    private static let fileChanges = UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
    private static let folderChanges = UInt32(IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE)

    /// Readable when something happened; nil when the kernel gives no inotify instance.
    let descriptor: Descriptor?

    init() {
        let number = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        descriptor = number >= 0 ? Descriptor(owning: number) : nil
    }

    /// Watches an open file, whatever its name becomes.
    func watch(_ file: Descriptor) -> Watch? {
        add("/proc/self/fd/\(file.number)", changes: Self.fileChanges)
    }

    func watch(folder path: String) -> Watch? {
        add(path, changes: Self.folderChanges)
    }

    func end(_ watch: Watch?) {
        guard let descriptor, let watch else { return }
        inotify_rm_watch(descriptor.number, watch.number)
    }

    /// Takes the news without a look at them: whoever waits looks at all files again.
    func clear() {
        guard let descriptor else { return }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while read(descriptor.number, &buffer, buffer.count) > 0 {}
    }

    private func add(_ path: String, changes: UInt32) -> Watch? {
        guard let descriptor else { return nil }
        let number = inotify_add_watch(descriptor.number, path, changes)
        return number >= 0 ? Watch(number: number) : nil
    }
}
