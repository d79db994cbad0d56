import Domain
import Testing

private let berlin = TimeZoneTable(transitions: [
    .init(time: .distantPast, offset: 3600, abbreviation: "CET"),
    // 2026-03-29T01:00Z and 2026-10-25T01:00Z, by the EU's rule.
    .init(time: Timestamp(seconds: 1_774_746_000), offset: 7200, abbreviation: "CEST"),
    .init(time: Timestamp(seconds: 1_792_890_000), offset: 3600, abbreviation: "CET"),
])
/// 2026-11-20T11:04:31.2Z
private let now = Timestamp(microseconds: 1_795_172_671_200_000)

struct TimeTextTests {
    @Test func `times are written in UTC and local`() {
        #expect(TimeText.rfc3339(now) == "2026-11-20T11:04:31.200000Z")
        #expect(TimeText.shortRFC3339(now) == "2026-11-20T11:04:31.2Z")
        #expect(TimeText.shortRFC3339(Timestamp(seconds: 0)) == "1970-01-01T00:00Z")
        #expect(TimeText.timeOfDay(now, zone: berlin) == "12:04:31.200")
        #expect(TimeText.timeOfDay(now, zone: berlin, decimals: 0) == "12:04:31")
        #expect(TimeText.dateAndTime(now, zone: berlin) == "2026-11-20 12:04:31")
        #expect(TimeText.rfc3339(Timestamp(microseconds: -1)) == "1969-12-31T23:59:59.999999Z")
    }

    @Test(arguments: [
        (0, "now"), (400_000, "0.4 s ago"), (1_000_000, "1 s ago"), (9_949_999, "9.9 s ago"), (12_300_000, "12 s ago"),
        (200_000_000, "3 min ago"), (59_400_000, "59 s ago"),
        (59_600_000, "1 min ago"), (7_100_000_000, "118 min ago"), (7_199_000_000, "2 h ago"),
        (7_300_000_000, "2 h ago"),
        (-28_740_000_000, "in 8 h"), (-26_999_999_999, "in 7 h"), (172_000_000_000, "2 d ago"),
        (200_000_000_000, "2 d ago"), (-5_000_000, "in 5 s"),
        (Int64.max, "106751991 d ago"), (Int64.min + 1, "in 106751991 d"),
    ])
    func `a moment near now is told relative to it`(microseconds: Int64, expected: String) {
        #expect(TimeText.relative(Timestamp(microseconds: 0), now: Timestamp(microseconds: microseconds)) == expected)
    }

    @Test(arguments: [
        ("2026-11-20T08:00Z", "2026-11-20T08:00Z"), ("2026-11-20T08:00:30.25Z", "2026-11-20T08:00:30.25Z"),
        ("2026-11-20T08:00+01:00", "2026-11-20T07:00Z"), ("2026-11-20T08:00:00-0530", "2026-11-20T13:30Z"),
        ("2026-11-20T08:00", "2026-11-20T07:00Z"), ("2026-11-20 08:00", "2026-11-20T07:00Z"),
        ("2026-11-20", "2026-11-19T23:00Z"), ("2026-07-01", "2026-06-30T22:00Z"),
        ("12:00", "2026-11-20T11:00Z"), ("12:30", "2026-11-19T11:30Z"), ("12:04:31.2", "2026-11-20T11:04:31.2Z"),
        ("now", "2026-11-20T11:04:31.2Z"), ("today", "2026-11-19T23:00Z"), ("yesterday", "2026-11-18T23:00Z"),
        // Twice there and never there: the first, and as if the clock had not been changed.
        ("2026-10-25T02:30", "2026-10-25T00:30Z"), ("2026-03-29T02:30", "2026-03-29T01:30Z"),
    ])
    func `times are read with and without offset`(text: String, expected: String) {
        #expect(TimeText.parse(text, now: now, zone: berlin).map(TimeText.shortRFC3339) == expected)
    }

    @Test(arguments: [
        "", "12", "12:", "12:3", "24:00", "12:60", "12:30x", "2026-11", "2026-13-01", "2026-02-30", "2026-11-20T",
        "2026-11-20T08", "2026-11-20T08:00+1", "2026-11-20T08:00+25:00", "2026-11-20T08:00:00.Z", "tomorrow",
    ])
    func `what is no time is refused`(text: String) {
        #expect(TimeText.parse(text, now: now, zone: .utc) == nil)
    }

    @Test func `a zone without transitions is UTC, and the first offset holds before it`() {
        #expect(TimeZoneTable.utc.abbreviation(at: now) == "UTC")
        #expect(TimeZoneTable.utc.offset(at: .distantPast) == 0)
        let late = TimeZoneTable(transitions: [.init(time: now, offset: 60, abbreviation: "X")])
        #expect(late.offset(at: .distantPast) == 60)
        #expect(berlin.abbreviation(at: Timestamp(seconds: 1_774_746_000)) == "CEST")
        #expect(berlin.abbreviation(at: Timestamp(seconds: 1_774_745_999)) == "CET")
    }
}

struct DurationTextTests {
    @Test(arguments: [
        ("10m", 600_000_000), ("1h30m", 5_400_000_000), ("200ms", 200_000), ("5d", 432_000_000_000),
        ("1.5s", 1_500_000), ("0", 0), ("0s", 0), ("7us", 7), ("7µs", 7), ("2w", 1_209_600_000_000), ("1.5ms", 1500),
    ])
    func `durations are read`(text: String, expected: Int64) {
        #expect(DurationText.parse(text) == expected)
    }

    @Test(arguments: [
        "", "10", "m", "1.s", ".5s", "10x", "1h30", "-5s", "99999999999999999999s", "9999999999999w", "1e3s",
    ])
    func `what is no duration is refused`(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test func `an exact duration parses back to the same`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let unit: Int64 = random.pick([1, 1000, 1_000_000, 60_000_000, 3_600_000_000])
            let value = Int64.random(in: 0...2_000_000, using: &random) * unit
            #expect(DurationText.parse(DurationText.exact(value)) == value)
            #expect(ByteText.parse(ByteText.exact(value)) == value)
        }
        #expect(DurationText.exact(5_400_000_000) == "90m")
    }

    @Test(arguments: [
        (0, "0 µs"), (99, "99 µs"), (400, "0.4 ms"), (31_240, "31.2 ms"), (999_499, "999 ms"), (999_500, "1 s"),
        (1_250_000, "1.25 s"), (59_949_999, "59.9 s"), (59_950_000, "1 min"), (200_000_000, "3 min 20 s"),
        (18_720_000_000, "5 h 12 min"), (1_047_600_000_000, "12 d 3 h"), (-5_000_000, "-5 s"),
    ])
    func `durations for people have three figures`(microseconds: Int64, expected: String) {
        #expect(DurationText.rounded(microseconds) == expected)
    }

    @Test func `amounts of bytes are read and written`() {
        #expect(ByteText.parse("1MB") == 1_000_000)
        #expect(ByteText.parse("1.5kB") == 1500)
        #expect(ByteText.parse("2GiB") == 2_147_483_648)
        #expect(ByteText.parse("512") == 512)
        #expect(ByteText.parse("512 B") == nil)
        #expect(ByteText.parse("1MB2") == nil)
        #expect(ByteText.exact(1_000_000) == "1MB")
        #expect(ByteText.exact(1536) == "1536")
        #expect(ByteText.rounded(999) == "999 B")
        #expect(ByteText.rounded(1536) == "1.54 kB")
        #expect(ByteText.rounded(12_345_678) == "12.3 MB")
        #expect(ByteText.rounded(.max) == "9223372 TB")
    }
}
