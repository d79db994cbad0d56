import Glibc

/// Why a benchmark can't be run.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What the last system call that failed says.
func errorText() -> String { String(cString: strerror(errno)) }
