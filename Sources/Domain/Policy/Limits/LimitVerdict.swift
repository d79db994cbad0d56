/// Whether a request's quotas admit it, and the quota that tells: of those that refuse the one with the longest wait,
/// else the one that has the least left.
package struct LimitVerdict: Hashable, Sendable, BitwiseCopyable {
    package fileprivate(set) var isAdmitted = true
    /// Nil when no quota applies.
    package fileprivate(set) var quota: QuotaIndex?
    package fileprivate(set) var standing = LimitStanding.unlimited

    /// No quota has anything to say.
    package static let unlimited = LimitVerdict()

    /// Takes in what one more quota says.
    mutating func add(_ other: LimitStanding, of index: QuotaIndex) {
        guard let quota else {
            (isAdmitted, self.quota, standing) = (other.admits, index, other)
            return
        }
        let tells: Bool
        if other.admits != standing.admits {
            tells = !other.admits
        } else if other.admits {
            tells = (other.remaining, index) < (standing.remaining, quota)
        } else {
            tells = (-other.wait, index) < (-standing.wait, quota)
        }
        isAdmitted = isAdmitted && other.admits
        if tells { (self.quota, standing) = (index, other) }
    }
}

/// How a key stands with one quota: what `RateLimit` and `Retry-After` fields say (RFC 9110, section 10.2.3).
package struct LimitStanding: Hashable, Sendable, BitwiseCopyable {
    package var admits: Bool
    /// Units in a window, as they are for this key now; a bucket of a rate may hold fewer.
    package var limit: Int64
    /// Units that are left, after the request when it is admitted.
    package var remaining: Int64
    /// Nanoseconds until all is left again, if nothing more comes.
    package var reset: Int64
    /// Nanoseconds until the request would be admitted, if nothing more comes; 0 when it is, `never` when it can't be.
    package var wait: Int64

    package static let never = Int64.max
    static let unlimited = LimitStanding(admits: true, limit: .max, remaining: .max, reset: 0, wait: 0)

    package var resetSeconds: Int64 { Self.seconds(reset) }

    /// For `Retry-After`; nil when waiting won't help, because the request costs more than the quota has.
    package var retryAfterSeconds: Int64? { wait == Self.never ? nil : Self.seconds(wait) }

    /// Rounded up: who waits for so long has waited long enough.
    private static func seconds(_ nanoseconds: Int64) -> Int64 {
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return whole + (rest > 0 ? 1 : 0)
    }
}

/// A quota in one policy: its place in the order of names.
package struct QuotaIndex: Hashable, Comparable, Sendable, BitwiseCopyable {
    package let number: Int32

    package init(_ number: Int) { self.number = Int32(number) }

    package static func < (left: QuotaIndex, right: QuotaIndex) -> Bool { left.number < right.number }
}
