import Foundation

/// The console on a terminal of 120×36, as whoever looks at it sees it: by the bytes that arrive.
final class ConsoleProcess {
    let child: Child
    private let controller: Int32
    private let started: ContinuousClock.Instant
    private var pressed: ContinuousClock.Instant
    private var unseen = Data()

    init(_ words: [String], environment: [String: String]) throws {
        var controller: Int32 = -1
        var terminal: Int32 = -1
        var size = winsize(ws_row: 36, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
        var name = [CChar](repeating: 0, count: 128)
        guard openpty(&controller, &terminal, &name, nil, &size) == 0 else {
            throw BenchmarkError("no terminal: \(errorText())")
        }
        defer { close(terminal) }
        _ = fcntl(controller, F_SETFD, FD_CLOEXEC)
        _ = fcntl(terminal, F_SETFD, FD_CLOEXEC)
        self.controller = controller
        let path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        started = .now
        pressed = started
        child = try Child(words, terminal: path, environment: environment)
    }

    deinit {
        close(controller)
    }

    /// The time from the start until a text was painted.
    func firstScreen(showing text: String) throws -> Duration {
        try wait(for: text, since: started)
    }

    /// The time from a key until a text was painted that only that key brings.
    func press(_ key: String, until text: String) throws -> Duration {
        drain()
        unseen.removeAll(keepingCapacity: true)
        pressed = .now
        let bytes = Array(key.utf8)
        guard write(controller, bytes, bytes.count) == bytes.count else {
            throw BenchmarkError("the console takes no keys: \(errorText())")
        }
        return try wait(for: text, since: pressed)
    }

    /// The time from the last key until a text was painted, of which nothing may have been there before the key.
    func time(to text: String) throws -> Duration { try wait(for: text, since: pressed) }

    /// Lets the console paint for some time.
    func run(for time: Duration) {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end { _ = take(within: 50) }
        unseen.removeAll(keepingCapacity: true)
    }

    /// Leaves the console as people do.
    func quit() throws {
        guard write(controller, "q", 1) == 1 else { throw BenchmarkError("the console is gone") }
        while take(within: 1000) {}
        try child.wait()
    }

    private func drain() {
        while take(within: 0) {}
    }

    private func wait(for text: String, since start: ContinuousClock.Instant) throws -> Duration {
        let wanted = Data(text.utf8)
        while ContinuousClock.now - start < .seconds(20) {
            if unseen.range(of: wanted) != nil { return ContinuousClock.now - start }
            _ = take(within: 100)
        }
        throw BenchmarkError("the console didn't show “\(text)”")
    }

    /// Takes what the console wrote; false when nothing came in so many milliseconds.
    private func take(within milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, milliseconds) == 1 else { return false }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = read(controller, &chunk, chunk.count)
        guard count > 0 else { return false }
        unseen += chunk[..<count]
        return true
    }
}
