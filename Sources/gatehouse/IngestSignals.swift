import Foundation
import Glibc
import Pipeline

/// Turns the signals that end a program into a request to stop, so that what was read is committed.
enum StopSignals {
    private static let signals = [SIGTERM, SIGINT, SIGHUP]

    /// How long after the first signal another one is taken for the same request.
    private static let twinInterval = Duration.seconds(1)

    /// Watches on a thread of its own; to be called before any other thread is started. A second signal ends
    /// at once.
    static func watch(_ stop: StopRequest) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals where !isIgnored(signal) { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        Thread.detachNewThread { [set] in
            var set = set
            var received: Int32 = 0
            sigwait(&set, &received)
            stop.make()
            let first = ContinuousClock.now
            // A program that ends another may send two signals for one, as timeout(1) does: to it and to its group.
            repeat { sigwait(&set, &received) } while ContinuousClock.now - first < Self.twinInterval
            _exit(128 + received)
        }
    }

    /// What `nohup` and shells' background jobs ignore stays ignored.
    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        sigaction(signal, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }
}
