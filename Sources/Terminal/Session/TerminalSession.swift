internal import CTerminal
import Glibc

// The driver: one thread, the main one, owns the terminal from `init` to `stop`. Other threads reach it through
// its `WakeHandle` alone. Nothing polls; an idle session sleeps in poll(2).

/// The terminal while the program has it: events in, frames out.
///
/// Not `Sendable`: it stays on the main thread. `stop()` gives the terminal back, as does a signal that ends the
/// program, a trap, or `exit()`.
package final class TerminalSession {
    /// The signs to make frames with: ASCII where the locale or the options say so, shapes where colours don't differ.
    package private(set) var glyphs: Glyphs
    package let depth: ColorDepth
    /// The theme that frames are drawn with; a new one redraws all at the next `present`.
    package var theme: Theme {
        didSet {
            let resolved = ResolvedTheme(theme, depth: depth)
            glyphs = glyphs.suiting(resolved)
            painter.use(resolved)
        }
    }
    package let waker: WakeHandle
    /// Whether clicks and the wheel are reported; selecting text by mouse then needs Shift in most terminals.
    package var usesMouse: Bool {
        didSet { ct_set_mouse(usesMouse) }
    }
    /// The size of the screen as last asked for.
    package private(set) var size: Size

    private let modes: SessionModes
    private let inputDescriptor: Int32
    private let output = Descriptor(STDOUT_FILENO)
    private let signals: Int32
    private let errors: HeldErrors?
    private var painter: ScreenPainter
    private var reader: InputReader
    private var pendingSignals: UInt32 = 0
    private var lastCursor: Point?
    private var isStopped = false

    /// Takes the terminal over; every error leaves it as it was.
    package init(theme: Theme = .standard, options: SessionOptions) throws(TerminalError) {
        guard ct_is_main_thread() else { throw .notOnMainThread }
        guard !ct_screen_is_open() else { throw .alreadyRunning }
        guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        let waker = try WakeHandle()
        let isUTF8 = ct_set_locale()
        // Standard input may be a pipe with data in it; keys then come from the terminal itself.
        let input = isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard input >= 0 else { throw .notATerminal }
        ct_rescue_remember_settings(STDOUT_FILENO)
        let isKnown = TerminalSession.openScreen(nil, input: input, options: options)
        // A type that terminfo doesn't know is most likely like the most common one.
        guard
            isKnown
                || ["xterm-256color", "vt100"].contains(where: { term in
                    TerminalSession.openScreen(term, input: input, options: options)
                })
        else {
            if input != STDIN_FILENO { close(input) }
            throw .noTerminfo(term: getenv("TERM").map { String(cString: $0) } ?? "")
        }
        let signals = ct_signals_open()
        guard signals >= 0 else {
            let code = errno
            ct_screen_close()
            throw .system(operation: "pipe", code: code)
        }

        let depth = options.usesColor ? min(options.maximumDepth, ColorDepth(colors: Int(ct_colors()))) : .mono
        let usesASCII = options.usesASCII || !isUTF8
        let resolved = ResolvedTheme(theme, depth: depth)
        glyphs = Glyphs(usesASCII ? .ascii : .unicode).suiting(resolved)
        self.depth = depth
        self.theme = theme
        self.waker = waker
        self.signals = signals
        inputDescriptor = input
        modes = isKnown ? SessionModes(options, hasTitle: ct_has_title()) : .none
        usesMouse = options.usesMouse
        painter = ScreenPainter(theme: resolved)
        reader = InputReader(descriptor: input)
        ct_screen_fit()
        size = Size(width: Int(ct_screen_width()), height: Int(ct_screen_height()))
        errors = HeldErrors()
        if modes.hasTitle { output.write(TerminalModes.pushTitle) }
        enterModes()
        if !options.title.isEmpty { setTitle(options.title) }
    }

    private static func openScreen(_ term: String?, input: Int32, options: SessionOptions) -> Bool {
        ct_screen_open(term, input, STDOUT_FILENO, options.escapeDelay, options.usesColor)
    }

    deinit {
        stop()
    }

    /// Gives the terminal back as it was and replays what went to standard error; once only.
    package func stop() {
        guard !isStopped else { return }
        isStopped = true
        leaveModes()
        if modes.hasTitle { output.write(TerminalModes.popTitle) }
        ct_screen_close()
        ct_rescue_restore_settings(STDOUT_FILENO)
        ct_signals_close()
        errors?.discard()
        if inputDescriptor != STDIN_FILENO { close(inputDescriptor) }
    }

    // MARK: - Frames

    /// A new empty frame of the screen's size.
    package func makeFrame() -> Frame {
        Frame(size: size, glyphs: glyphs)
    }

    /// Shows `frame`; rows that are as before cost nothing.
    package func present(_ frame: Frame) {
        guard !isStopped else { return }
        let changed = painter.paint(frame)
        guard changed > 0 || frame.cursor != lastCursor else { return }
        lastCursor = frame.cursor
        let cursor = frame.cursor.flatMap { frame.bounds.contains($0) ? $0 : nil }
        ct_cursor(cursor.map { Int32($0.y) } ?? -1, Int32(cursor?.x ?? 0))
        // A row or two can't tear, and on a slow link every byte counts.
        let isWrapped = modes.synchronizesOutput && changed > 2
        if isWrapped { output.write(TerminalModes.beginFrame) }
        ct_update()
        if isWrapped { output.write(TerminalModes.endFrame) }
    }

    /// Makes the next `present` draw every cell, for a screen that something else wrote on.
    package func redrawAll() {
        ct_forget()
        painter.forget()
    }

    /// Sets the window's title where the terminal has one.
    package func setTitle(_ title: CleanText) {
        guard modes.hasTitle, !isStopped else { return }
        output.write(TerminalModes.title(title))
    }

    /// Asks the terminal to put lines on the clipboard (OSC 52); false when they are too long or it has no way.
    ///
    /// Nothing tells whether the terminal obeyed: say “sent”, not “copied”.
    package func copy(_ lines: [CleanText]) -> Bool {
        let limit = 8 * 1024
        let text = lines.map(\.text).joined(separator: "\n")
        guard modes.synchronizesOutput, !isStopped, text.utf8.count <= limit else { return false }
        output.write(TerminalModes.clipboard(text.utf8))
        return true
    }

    // MARK: - Events

    /// Waits for the next event; `.timeout` when `deadline` passes first, never without one.
    package func nextEvent(deadline: ContinuousClock.Instant? = nil) -> TerminalEvent {
        guard !isStopped else { return .hangup }
        // A terminal that is gone reads as ready for ever and gives nothing.
        var emptyReads = 0
        while true {
            if let event = signalEvent() { return event }
            switch reader.next() {
            case .event(let event): return event
            case .suspend: return suspend()
            case nil: break
            }
            var watched = [inputDescriptor, waker.descriptor, signals].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let ready = poll(&watched, nfds_t(watched.count), milliseconds(until: deadline))
            if ready < 0 {
                guard errno == EINTR else { return .hangup }
                continue
            }
            if watched[2].revents != 0 { continue }
            if watched[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return .hangup }
            if watched[0].revents != 0 {
                emptyReads += 1
                if emptyReads > 64 { return .hangup }
                continue
            }
            if watched[1].revents != 0 {
                waker.clear()
                return .wake
            }
            if let deadline, ContinuousClock.now >= deadline { return .timeout }
        }
    }

    private func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let (seconds, attoseconds) = (deadline - .now).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        // Rounded up, so that it isn't too early by a fraction.
        return Int32(min(seconds, 86_400) * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    private func signalEvent() -> TerminalEvent? {
        pendingSignals |= ct_signals_take()
        guard pendingSignals != 0 else { return nil }
        for (bit, signal) in [(CT_HUP, SIGHUP), (CT_TERM, SIGTERM), (CT_QUIT, SIGQUIT)] where take(bit) {
            return .terminate(signal: signal)
        }
        if take(CT_INT) { return .interrupt }
        if take(CT_TSTP) { return suspend() }
        if take(CT_CONT) { return resume() }
        guard take(CT_WINCH) else { return nil }
        return .resize(fit())
    }

    private func take(_ bit: Int) -> Bool {
        guard pendingSignals & UInt32(bit) != 0 else { return false }
        pendingSignals &= ~UInt32(bit)
        return true
    }

    private func fit() -> Size {
        ct_screen_fit()
        size = Size(width: Int(ct_screen_width()), height: Int(ct_screen_height()))
        painter.forget()
        return size
    }

    // MARK: - Life

    /// Gives the terminal to the shell until the program is continued.
    private func suspend() -> TerminalEvent {
        leaveModes()
        ct_screen_suspend()
        errors?.release()
        ct_stop_self()
        return resume()
    }

    /// Takes the terminal again after a stop of any kind.
    private func resume() -> TerminalEvent {
        errors?.hold()
        ct_screen_resume()
        enterModes()
        // One continuation and one change of size are dealt with here.
        _ = take(CT_CONT)
        _ = take(CT_WINCH)
        return .resumed(fit())
    }

    private func enterModes() {
        output.write(modes.entering)
        ct_set_mouse(usesMouse)
        ct_rescue_arm(STDOUT_FILENO, modes.rescuing, errors?.file ?? -1, errors?.original ?? STDERR_FILENO)
    }

    private func leaveModes() {
        ct_rescue_disarm()
        ct_set_mouse(false)
        output.write(modes.leaving)
    }
}

extension ColorDepth {
    /// The depth of a terminal that says it has `colors` colours.
    package init(colors: Int) {
        self = ColorDepth.allCases.last { $0.rawValue <= colors } ?? .mono
    }
}
