import Glibc

/// A system call that failed, in the system's own words.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    package let code: Int32

    static var last: SystemError { SystemError(code: errno) }

    package var description: String { String(cString: strerror(code)) }
}
