extension PermissionText {
    /// `mon-fri 08:00-18:00 Europe/Berlin`; every day is `daily`.
    package static func text(of window: WeeklyWindow) -> String {
        let hours = WeeklyWindow.clock(window.start) + "-" + WeeklyWindow.clock(window.end)
        return "\(text(of: window.days)) \(hours) \(LineScanner.written(window.zone))"
    }

    /// `mon-fri`, `sat,sun`, `daily`, `none`.
    package static func text(of days: Set<Weekday>) -> String {
        if days.isEmpty { return "none" }
        if days.count == Weekday.allCases.count { return "daily" }
        var runs: [[Weekday]] = []
        for day in days.sorted() {
            if let last = runs.last?.last, last.rawValue + 1 == day.rawValue {
                runs[runs.count - 1].append(day)
            } else {
                runs.append([day])
            }
        }
        return runs.map { run in
            run.count > 2 ? "\(run[0].name)-\(run[run.count - 1].name)" : run.map(\.name).joined(separator: ",")
        }
        .joined(separator: ",")
    }

    package static func window(_ text: String) throws(LineProblem) -> WeeklyWindow {
        var scanner = LineScanner(text)
        var words: [LineScanner.Word] = []
        for token in try scanner.tokens() {
            guard case .word(let word) = token else { throw .at(token.column, WindowText.advice) }
            words.append(word)
        }
        var reader = TreeReader()
        let window = WeeklyWindow(tree: try WindowText.tree(words, end: scanner.column), reader: &reader)
        if let problem = reader.problems.first { throw LineProblem(problem) }
        guard let window else { throw .at(1, WindowText.advice) }
        return window
    }
}

/// Reads `mon-fri 08:00-18:00 Europe/Berlin`: days and zone may be left out.
enum WindowText {
    static let advice = "write a time window like “mon-fri 08:00-18:00 Europe/Berlin”"

    /// As files have it.
    static func tree(_ words: [LineScanner.Word], end: Int) throws(LineProblem) -> PolicyTree {
        var words = words[...]
        var members: [PolicyTree.Member] = []
        if let first = words.first, !(first.text.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? false) {
            words = words.dropFirst()
            if first.text != "daily" { members.append(.init("days", try days(first))) }
        }
        guard let hours = words.popFirst() else { throw .at(end, "the hours are missing; \(advice)") }
        let (start, stop) = try self.hours(hours)
        members += [.init("from", start), .init("to", stop)]
        let zone = words.popFirst()
        if let extra = words.first { throw .at(extra.column, "after the time zone comes a comma or nothing") }
        members.append(.init("zone", zone?.tree ?? .text("UTC")))
        return .map(members)
    }

    private static func days(_ word: LineScanner.Word) throws(LineProblem) -> PolicyTree {
        if word.text == "none" { return PolicyTree(.list([]), place: word.place) }
        var names: [String] = []
        var column = word.column
        for part in word.text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count <= 2 else { throw .at(column, "write days like mon-fri or mon,wed") }
            var days: [Weekday] = []
            for end in ends {
                guard let day = Weekday(name: end) else {
                    let known = Weekday.allCases.map(\.name)
                    throw .at(
                        column,
                        "there is no day \(SafeText.quoted(String(end)))"
                            + TreeReader.hint(String(end), among: known))
                }
                days.append(day)
                column += end.unicodeScalars.count + 1
            }
            // A range may go over the end of the week: fri-mon.
            var day = days[0]
            names.append(day.name)
            while let last = days.last, day != last {
                day = Weekday(rawValue: day.rawValue % 7 + 1) ?? last
                names.append(day.name)
            }
        }
        var unique: [String] = []
        for name in names where !unique.contains(name) { unique.append(name) }
        return PolicyTree(.list(unique.map { .text($0) }), place: word.place)
    }

    private static func hours(_ word: LineScanner.Word) throws(LineProblem) -> (PolicyTree, PolicyTree) {
        let ends = word.text.split(separator: "-", omittingEmptySubsequences: false)
        let form = "write hours like 08:00-18:00, from 00:00 up to 24:00"
        guard ends.count == 2 else { throw .at(word.column, form) }
        guard let start = minutes(ends[0]), start < 1440 else { throw .at(word.column, form) }
        let column = word.column + ends[0].unicodeScalars.count + 1
        guard let stop = minutes(ends[1]), (1...1440).contains(stop) else { throw .at(column, form) }
        return (
            PolicyTree(.text(WeeklyWindow.clock(start)), place: word.place),
            PolicyTree(.text(WeeklyWindow.clock(stop)), place: .init(line: 1, column: column))
        )
    }

    /// `8:00`, `08:00` and `8` in minutes after midnight.
    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isDigits = parts.allSatisfy {
            (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) }
        }
        guard isDigits, let hours = parts.first.flatMap({ Int($0) }) else { return nil }
        switch parts.count {
        case 1: return hours * 60
        case 2:
            guard parts[1].utf8.count == 2, let minutes = Int(parts[1]), minutes < 60 else { return nil }
            return hours * 60 + minutes
        default: return nil
        }
    }
}
