/// A request as its quotas see it.
package struct LimitUse: Sendable, BitwiseCopyable {
    /// Nil for a request without credentials. Such a caller is its address, whatever a quota counts by.
    package var client: ClientIndex?
    /// Nil for a client that acts for itself: then it is its own subject.
    package var subject: LimitKey?
    /// Nil when it isn't known; all unknown ones count as one.
    package var address: IPAddress?
    package var route: RouteIndex
    /// In units; less than one counts as one, so that nothing is free.
    package var cost: Int32

    package init(
        client: ClientIndex?, subject: LimitKey? = nil, address: IPAddress?, route: RouteIndex, cost: Int32 = 1
    ) {
        self.client = client
        self.subject = subject
        self.address = address
        self.route = route
        self.cost = cost
    }
}

/// A moment on two clocks, because rates must not follow a clock that is set, and months must.
package struct LimitMoment: Hashable, Sendable, BitwiseCopyable {
    /// Nanoseconds on a clock that nobody sets, from any start.
    package var monotonic: Int64
    package var wall: Timestamp

    package init(monotonic: Int64, wall: Timestamp) {
        self.monotonic = monotonic
        self.wall = wall
    }
}
