extension TimeZoneTable {
    /// A zone that never changes; the offset is in seconds east of UTC.
    package init(offset: Int, abbreviation: String) {
        self.init(transitions: [Transition(time: .distantPast, offset: offset, abbreviation: abbreviation)])
    }

    /// The moment at which clocks in the zone show a time: the first of two, and for a time that was skipped the
    /// moment that it would have been without the change. Nil when a field is out of its range.
    package func timestamp(of civil: CivilTime) -> Timestamp? {
        guard let near = civil.timestamp() else { return nil }
        let earlier = offset(at: near.advanced(by: -Day.microseconds))
        let later = offset(at: near.advanced(by: Day.microseconds))
        for offset in [earlier, later] {
            if let time = civil.timestamp(offset: offset), self.offset(at: time) == offset { return time }
        }
        return civil.timestamp(offset: earlier)
    }
}
