internal import CTerminal
import Glibc

/// Standard error while the screen is in use: held back in memory, given out when the screen is gone.
struct HeldErrors {
    /// What is replayed at most; a program that says more than this on its way out isn't read anyway.
    private static let replayLimit = 256 * 1024

    let file: Int32
    let original: Int32

    /// Holds standard error back; nil when it isn't the terminal and so disturbs nothing.
    init?() {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        let file = ct_memory_file()
        guard file >= 0 else { return nil }
        let original = dup(STDERR_FILENO)
        guard original >= 0 else {
            close(file)
            return nil
        }
        self.file = file
        self.original = original
        hold()
    }

    func hold() {
        dup2(file, STDERR_FILENO)
    }

    /// Lets standard error go where it belongs and writes what was held, control characters made visible.
    func release() {
        dup2(original, STDERR_FILENO)
        let length = lseek(file, 0, SEEK_END)
        guard length > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: min(Int(length), HeldErrors.replayLimit))
        let count = pread(file, &bytes, bytes.count, max(0, length - off_t(bytes.count)))
        ftruncate(file, 0)
        lseek(file, 0, SEEK_SET)
        guard count > 0 else { return }
        for line in bytes.prefix(count).split(separator: 0x0A, omittingEmptySubsequences: false).dropLastIfEmpty() {
            Descriptor(original).write(CleanText(bytes: line).text + "\n")
        }
    }

    func discard() {
        release()
        close(file)
        close(original)
    }
}

extension Array {
    /// Without the last element when that is empty, as after a final newline.
    fileprivate func dropLastIfEmpty() -> ArraySlice<Element> where Element: Collection {
        last?.isEmpty == true ? dropLast() : self[...]
    }
}

/// A descriptor that bytes are written to, past any buffer.
struct Descriptor {
    private let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    /// Writes all of `text`; stops when the other end has gone.
    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, !rest.isEmpty {
                let written = Glibc.write(number, start, rest.count)
                if written < 0, errno == EINTR || errno == EAGAIN {
                    var ready = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                    guard poll(&ready, 1, 1000) > 0 else { return }
                    continue
                }
                guard written > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }
}
