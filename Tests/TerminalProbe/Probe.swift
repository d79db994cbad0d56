// A small program for tests of the session on a real pseudo-terminal: what it does is named on its command line.

import Glibc
import Terminal

/// What a test wants to see a session do.
private enum Scene: String {
    /// Draws its size and every event until `q`.
    case events
    /// Traps after the first frame, with a message on standard error.
    case trap
    /// Overflows its stack after the first frame.
    case overflow
    /// Calls exit() without stopping the session.
    case exit
    /// Draws what standard input's file, named next, holds line by line, then waits for `q`.
    case text
    /// Measures full redraws and prints microseconds per frame when done.
    case speed
}

@main
struct Probe {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 1, let scene = Scene(rawValue: arguments[1]) else {
            print("usage: terminal-probe events|trap|overflow|exit|text FILE|speed")
            Glibc.exit(2)
        }
        var environment: [String: String] = [:]
        for name in ["TERM", "NO_COLOR", "SSH_CONNECTION"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        do {
            try run(scene, arguments: arguments, options: SessionOptions(environment: environment))
        } catch {
            print("failed: \(error)")
            Glibc.exit(1)
        }
    }

    private static func run(
        _ scene: Scene, arguments: [String], options: SessionOptions
    ) throws(TerminalError) {
        var options = options
        options.title = "probe \u{1B}]2;evil\u{7}"
        let session = try TerminalSession(options: options)
        switch scene {
        case .events: showEvents(session)
        case .trap:
            session.present(greeting(session))
            let none: [Int] = []
            print(none[arguments.count])
        case .overflow:
            session.present(greeting(session))
            print(depth(of: arguments.count))
        case .exit:
            session.present(greeting(session))
            Glibc.exit(0)
        case .text: showText(session, path: arguments.count > 2 ? arguments[2] : "")
        case .speed: measure(session)
        }
        session.stop()
    }

    private static func greeting(_ session: TerminalSession) -> Frame {
        var frame = session.makeFrame()
        frame.put("ready", at: Point(x: 0, y: 0))
        return frame
    }

    private static func depth(of level: Int) -> Int {
        var room = (level, level, level, level, level, level, level, level)
        return withUnsafeMutableBytes(of: &room) { bytes in
            level == -1 ? Int(bytes[0]) : depth(of: level + 1) + Int(bytes[1])
        }
    }

    private static func showEvents(_ session: TerminalSession) {
        var lines: [CleanText] = ["size \(session.size.width)x\(session.size.height) \(session.depth)"]
        while true {
            var frame = session.makeFrame()
            for (y, line) in lines.suffix(frame.size.height).enumerated() { frame.put(line, at: Point(x: 0, y: y)) }
            session.present(frame)
            let event = session.nextEvent()
            switch event {
            case .key("q"), .hangup: return
            case .key("e"):
                let message = "said on standard error \u{1B}[31m\n"
                _ = write(STDERR_FILENO, message, message.utf8.count)
            case .key("m"): session.usesMouse.toggle()
            case .key("c"): _ = session.copy(["copied", "twice\u{1B}]52;c;ZXZpbA==\u{7}"])
            case .key("w"):
                let waker = session.waker
                Thread.run { waker.wake() }
            case .terminate(let signal):
                session.stop()
                print("left by signal \(signal)")
                Glibc.exit(0)
            case .key, .paste, .mouse, .resize, .wake, .timeout, .interrupt, .resumed: break
            }
            lines.append(CleanText(describe(event)))
        }
    }

    private static func describe(_ event: TerminalEvent) -> String {
        switch event {
        case .key(let key): "key \(key.name)"
        case .paste(let text): "paste \(text)"
        case .mouse(let mouse): "mouse \(mouse.action) \(mouse.point.x),\(mouse.point.y)"
        case .resize(let size): "resize \(size.width)x\(size.height)"
        case .resumed(let size): "resumed \(size.width)x\(size.height)"
        case .wake, .timeout, .interrupt, .terminate, .hangup: "\(event)"
        }
    }

    private static func showText(_ session: TerminalSession, path: String) {
        let lines = bytes(of: path).split(separator: 0x0A).map { CleanText(bytes: $0) }
        var first = 0
        while true {
            var frame = session.makeFrame()
            for (y, line) in lines.dropFirst(first).prefix(frame.size.height).enumerated() {
                frame.put(line, at: Point(x: 0, y: y), width: frame.size.width - 6)
                frame.put("|end|", at: Point(x: frame.size.width - 5, y: y))
            }
            session.present(frame)
            switch session.nextEvent() {
            case .key("q"), .hangup, .terminate: return
            case .key(.space): first += frame.size.height
            case .key, .paste, .mouse, .resize, .wake, .timeout, .interrupt, .resumed: break
            }
        }
    }

    private static func bytes(of path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return bytes }
            bytes += chunk.prefix(count)
        }
    }

    /// Prints microseconds of this process's own time per full redraw, in which every cell changes or, with the same
    /// frame again, none does. The time that the terminal takes to read isn't in it.
    private static func measure(_ session: TerminalSession) {
        let rounds = 400
        let roles: [StyleRole] = [.text, .good, .caution, .danger, .dim]
        var drawing = 0.0
        var presenting = 0.0
        var repeating = 0.0
        for round in 0..<rounds {
            let start = processorMicroseconds()
            var frame = session.makeFrame()
            for y in 0..<frame.size.height {
                let line = CleanText("\(round) \(y) GET /v1/users/\(round * y) 200 partner-acme ")
                var x = 0
                while x < frame.size.width {
                    x = frame.put(line, at: Point(x: x, y: y), style: Style(roles[(x + y + round) % roles.count]))
                }
            }
            let drawn = processorMicroseconds()
            session.present(frame)
            let presented = processorMicroseconds()
            session.present(frame)
            drawing += drawn - start
            presenting += presented - drawn
            repeating += processorMicroseconds() - presented
        }
        session.stop()
        let figures = [drawing, presenting, repeating].map { Int($0 / Double(rounds)) }
        print("draw \(figures[0]) present \(figures[1]) unchanged \(figures[2])")
    }

    private static func processorMicroseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}
