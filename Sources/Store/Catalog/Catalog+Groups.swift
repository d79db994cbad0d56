import Domain
import Foundation
import GRDB

extension Catalog {
    /// The first days of the groups that are there.
    func grouped() throws -> Set<Day> {
        try run { database in
            Set(
                try Row.fetchAll(
                    database, sql: "SELECT day FROM segment_groups WHERE days = ?", arguments: [SegmentGroup.span]
                ).map { Day(number: $0[0]) })
        }
    }

    /// Keeps what the segments of a group add up to; the tables' triggers drop it with the first change to one of them.
    func add(_ summary: GroupSummary, first: Day, of segments: [SegmentRecord]) throws {
        try run { database in
            let all = try Row.fetchAll(database, sql: SegmentRecord.all).map(SegmentRecord.init)
            // Nothing else may have come to its days since they were added up.
            guard all.filter({ SegmentGroup.first(of: $0.id.day) == first }) == segments else { return }
            try database.execute(
                sql: "DELETE FROM segment_groups WHERE day = ? AND days = ?",
                arguments: [first.number, SegmentGroup.span])
            try database.execute(
                sql: "INSERT INTO segment_groups (day, days, header, hours) VALUES (?, ?, ?, ?)",
                arguments: [first.number, SegmentGroup.span, Data(summary.header), Data(summary.hours)])
            let id = database.lastInsertedRowID
            for segment in segments {
                try database.execute(
                    sql: "INSERT INTO segment_group_members VALUES (?, ?, ?, ?, ?)",
                    arguments: [id, segment.id.day.number, segment.id.part, segment.count, Data(segment.head)])
            }
            for (list, data) in summary.lists {
                try database.execute(
                    sql: "INSERT INTO segment_group_lists VALUES (?, ?)",
                    arguments: [SummaryTree.listID(group: id) + list, Data(data)])
            }
        }
    }
}
