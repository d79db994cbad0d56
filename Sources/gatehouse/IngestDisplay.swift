import Dispatch
import Glibc
import Pipeline
import Terminal

/// What an ingest says on standard error while it runs: notices, and on a terminal a line of progress.
final class IngestDisplay {
    /// Between two pictures of the progress, in nanoseconds.
    private static let interval: UInt64 = 100_000_000

    private let follows: Bool
    private let isTerminal = StandardError.isTerminal
    private let begin = DispatchTime.now().uptimeNanoseconds
    private var lastDrawn: UInt64 = 0
    private var lastCounts: (lines: Int64, time: UInt64)?
    private var rate = 0.0
    private var isDrawn = false

    init(follows: Bool) {
        self.follows = follows
    }

    /// How often to be told of progress, in milliseconds: a terminal that nobody has needs nothing.
    var tick: UInt64 { isTerminal ? (follows ? 1000 : 100) : 5000 }

    func show(_ event: IngestEvent) {
        switch event {
        case .notice(let notice):
            end()
            // Names come from whoever may write into the folder; reasons from the system.
            StandardError.write("gatehouse: \(CleanText(notice.text).text)\n")
        case .progress(let progress):
            guard isTerminal else { return }
            draw(progress)
        }
    }

    /// Takes the line of progress away.
    func end() {
        guard isDrawn else { return }
        StandardError.write("\r\u{1b}[K")
        isDrawn = false
    }

    private func draw(_ progress: IngestProgress) {
        let now = DispatchTime.now().uptimeNanoseconds
        guard now - lastDrawn >= Self.interval else { return }
        lastDrawn = now
        note(progress.report.read, at: now)
        let line = IngestLine(
            progress: progress, rate: rate, seconds: Double(now - begin) / 1e9, follows: follows,
            isUnicode: TextStyle.isUTF8)
        StandardError.write("\r" + line.text(width: Self.width - 1) + "\u{1b}[K")
        isDrawn = true
    }

    /// Keeps the rate as an average that forgets what is a few seconds old.
    private func note(_ lines: Int64, at now: UInt64) {
        let last = lastCounts ?? (lines: 0, time: begin)
        let seconds = max(Double(now - last.time) / 1e9, 0.001)
        let current = Double(lines - last.lines) / seconds
        rate = lastCounts == nil ? current : rate + (current - rate) * (1 - exp(-seconds / 2))
        lastCounts = (lines, now)
    }

    private static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
