import Domain
import Foundation
import Testing

struct CivilTimeTests {
    @Test func `a moment comes back from its civil time, on random days from 1900 to 2200`() throws {
        var random = SeededGenerator(seed: 91)
        for _ in 0..<4000 {
            // 1900-01-01 and 2200-12-31.
            let time = Timestamp(
                microseconds: Int64.random(in: -2_208_988_800_000_000...7_289_567_999_999_999, using: &random))
            let offset = Int.random(in: -50_400...50_400, using: &random)
            let civil = CivilTime(time, offset: offset)
            #expect(civil.timestamp(offset: offset) == time)
            #expect((1899...2201).contains(civil.year))
            #expect((1...12).contains(civil.month) && (1...31).contains(civil.day) && (0...23).contains(civil.hour))
        }
    }

    @Test func `dates agree with the system's calendar`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        var random = SeededGenerator(seed: 92)
        for _ in 0..<2000 {
            let second = Int64.random(in: -2_208_988_800...7_289_567_999, using: &random)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: TimeInterval(second)))
            let civil = CivilTime(Timestamp(seconds: second))
            #expect(civil.year == parts.year && civil.month == parts.month && civil.day == parts.day)
            #expect(civil.hour == parts.hour && civil.minute == parts.minute && civil.second == parts.second)
        }
    }

    @Test func `consecutive days follow each other`() {
        let wrong = (Int64(-25_567)...84_006).filter { number in
            let (year, month, day) = CivilTime.date(dayNumber: number)
            return CivilTime.dayNumber(year: year, month: month, day: day) != number
        }
        #expect(wrong.isEmpty)
        #expect(CivilTime.date(dayNumber: 0) == (1970, 1, 1))
        #expect(CivilTime.date(dayNumber: 11_016) == (2000, 2, 29))
    }

    @Test func `fields out of range are no moment, and a leap second is the next minute's first`() {
        #expect(CivilTime(year: 2026, month: 2, day: 29).timestamp() == nil)
        #expect(CivilTime(year: 2026, month: 1, day: 1, hour: 24).timestamp() == nil)
        #expect(CivilTime(year: 0, month: 1, day: 1).timestamp() == nil)
        #expect(
            CivilTime(year: 2016, month: 12, day: 31, hour: 23, minute: 59, second: 60).timestamp()
                == CivilTime(year: 2017, month: 1, day: 1).timestamp())
    }

    @Test func `times before 1970 round down and extremes do not trap`() {
        #expect(Timestamp(microseconds: -1).second == -1)
        #expect(Timestamp(microseconds: -1).day == Day(number: -1))
        #expect(Timestamp(microseconds: -1).rounded(downToSeconds: 60) == Timestamp(seconds: -60))
        #expect(Timestamp.distantFuture.advanced(by: 1) == .distantFuture)
        #expect(Timestamp.distantPast.advanced(by: -1) == .distantPast)
        #expect(Timestamp(seconds: .max) == .distantFuture)
        _ = CivilTime(.distantPast, offset: -3600)
        _ = CivilTime(.distantFuture, offset: 3600)
        _ = Timestamp.distantPast.rounded(downToSeconds: 60)
    }
}
