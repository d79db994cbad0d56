import Glibc

/// A bare POSIX thread.
enum Thread {
    private final class Job {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    static func run(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let job = Unmanaged.passRetained(Job(body)).toOpaque()
        let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { pointer in
            guard let pointer else { return nil }
            Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().body()
            return nil
        }
        if pthread_create(&thread, nil, start, job) == 0 { pthread_detach(thread) }
    }
}
