import Domain
import Glibc
import Testing

@testable import gatehouse

/// Each in a process of its own, because `TZ` belongs to the whole process, and other tests run in this one.
struct LocalTimeZoneTests {
    /// Daylight saving as in central Europe, by rules that need no zone files (POSIX, TZ).
    private static let berlin = "CET-1CEST,M3.5.0,M10.5.0/3"

    private static func table(_ zone: String) -> TimeZoneTable {
        setenv("TZ", zone, 1)
        return LocalTimeZone.table()
    }

    @Test func `summer time starts and ends on the second`() async {
        await #expect(processExitsWith: .success) {
            let table = LocalTimeZoneTests.table(LocalTimeZoneTests.berlin)
            // 2026-03-29T01:00:00Z and 2026-10-25T01:00:00Z.
            let spring = try #require(CivilTime(year: 2026, month: 3, day: 29, hour: 1).timestamp())
            let autumn = try #require(CivilTime(year: 2026, month: 10, day: 25, hour: 1).timestamp())
            #expect(table.offset(at: spring.advanced(by: -1)) == 3600)
            #expect(table.offset(at: spring) == 7200)
            #expect(table.abbreviation(at: spring) == "CEST")
            #expect(table.offset(at: autumn.advanced(by: -1)) == 7200)
            #expect(table.offset(at: autumn) == 3600)
            #expect(table.abbreviation(at: autumn) == "CET")
        }
    }

    @Test func `a zone without summer time has one entry`() async {
        await #expect(processExitsWith: .success) {
            let table = LocalTimeZoneTests.table("IST-5:30")
            #expect(table.transitions.count == 1)
            #expect(table.offset(at: Timestamp(seconds: 0)) == 19_800)
            #expect(table.abbreviation(at: Timestamp(seconds: 1_800_000_000)) == "IST")
        }
    }

    @Test func `the table agrees with the system at random moments`() async {
        await #expect(processExitsWith: .success) {
            let table = LocalTimeZoneTests.table(LocalTimeZoneTests.berlin)
            var random = DemoRandom(seed: 5, place: 0)
            for _ in 0..<2000 {
                var second = time_t(946_684_800 + random.index(below: 1_200_000_000))
                var local = tm()
                localtime_r(&second, &local)
                #expect(table.offset(at: Timestamp(seconds: Int64(second))) == Int(local.tm_gmtoff), "\(second)")
            }
        }
    }
}
