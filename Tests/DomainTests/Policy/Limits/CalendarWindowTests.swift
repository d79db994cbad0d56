import Domain
import Foundation
import Testing

struct CalendarWindowTests {
    private func window(
        _ unit: Quota.CalendarUnit, _ zone: String, _ time: CivilTime
    ) throws -> (start: CivilTime, end: CivilTime, hours: Double) {
        let table = try #require(LimitScene.zone(zone))
        let window = CalendarWindow.around(try #require(table.timestamp(of: time)), unit: unit, zone: table)
        let length = window.upperBound.microseconds - window.lowerBound.microseconds
        return (table.civil(window.lowerBound), table.civil(window.upperBound), Double(length) / 3_600_000_000)
    }

    @Test func `days have 23 and 25 hours where clocks change`() throws {
        let spring = try window(.day, "Europe/Berlin", CivilTime(year: 2026, month: 3, day: 29, hour: 12))
        #expect(spring.hours == 23 && spring.start == CivilTime(year: 2026, month: 3, day: 29))
        let autumn = try window(.day, "Europe/Berlin", CivilTime(year: 2026, month: 10, day: 25, hour: 1))
        #expect(autumn.hours == 25 && autumn.end == CivilTime(year: 2026, month: 10, day: 26))
    }

    @Test func `a day whose midnight is skipped begins when clocks change`() throws {
        // In Cairo clocks go from 00:00 to 01:00.
        let day = try window(.day, "Africa/Cairo", CivilTime(year: 2024, month: 4, day: 26, hour: 9))
        #expect(day.start == CivilTime(year: 2024, month: 4, day: 26, hour: 1) && day.hours == 23)
    }

    @Test func `months have their own lengths, across a year's end and in a leap year`() throws {
        #expect(try window(.month, "UTC", CivilTime(year: 2024, month: 2, day: 29)).hours == 29 * 24)
        let december = try window(.month, "Asia/Tokyo", CivilTime(year: 2026, month: 12, day: 31, hour: 23))
        #expect(december.end == CivilTime(year: 2027, month: 1, day: 1) && december.hours == 31 * 24)
        #expect(try window(.month, "Europe/Berlin", CivilTime(year: 2026, month: 3, day: 1)).hours == 31 * 24 - 1)
    }

    @Test
    func `an hour that clocks show twice is two hours, and half an hour's change makes one of an hour and a half`()
        throws
    {
        let table = try #require(LimitScene.zone("Europe/Berlin"))
        let first = try #require(table.timestamp(of: CivilTime(year: 2026, month: 10, day: 25, hour: 2, minute: 30)))
        let windows = [first, first.advanced(by: 3_600_000_000)].map {
            CalendarWindow.around($0, unit: .hour, zone: table)
        }
        #expect(windows[0].upperBound == windows[1].lowerBound)
        #expect(windows[0] != windows[1])
        let lordHowe = try window(
            .hour, "Australia/Lord_Howe", CivilTime(year: 2026, month: 4, day: 5, hour: 1, minute: 15))
        #expect(lordHowe.hours == 1.5)
    }

    @Test(arguments: Quota.CalendarUnit.allCases)
    func `windows follow each other without a gap, in zones that do odd things`(unit: Quota.CalendarUnit) throws {
        let zones = [
            "UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu",
            "Africa/Cairo", "America/Havana", "Asia/Tehran", "America/St_Johns", "Atlantic/Azores",
        ]
        for name in zones {
            let table = try #require(LimitScene.zone(name))
            var time = Timestamp(seconds: 1_293_840_000)
            for _ in 0..<(unit == .month ? 200 : 1500) {
                let window = CalendarWindow.around(time, unit: unit, zone: table)
                let next = CalendarWindow.around(window.upperBound, unit: unit, zone: table)
                #expect(next.lowerBound == window.upperBound, "\(name) \(table.civil(window.upperBound))")
                #expect(window.contains(time))
                let last = window.upperBound.advanced(by: -1)
                #expect(CalendarWindow.around(last, unit: unit, zone: table) == window)
                time = window.upperBound
            }
        }
    }

    @Test func `every moment lies in a window that ends`() {
        let moments: [Int64] = [.min, .min + 1, -1, 0, 253_402_300_799_999_999, 253_402_300_800_000_000, .max - 1]
        for microseconds in moments {
            let time = Timestamp(microseconds: microseconds)
            for unit in Quota.CalendarUnit.allCases {
                #expect(CalendarWindow.around(time, unit: unit, zone: .utc).contains(time))
            }
        }
    }
}
