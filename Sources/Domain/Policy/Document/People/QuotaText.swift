// Limits as people say them: 1000/h burst 50, 5000 per rolling 24h, 10000 per calendar day Europe/Berlin.

/// The parts of a quota that belong together in one line each; what is written reads back to the same.
package enum QuotaText {
    package static let limitForm = "1000/h burst 50, 5000 per rolling 24h or 10000 per calendar day Europe/Berlin"
    package static let holderForm = "“tier gold” or “client acme”"
    package static let adaptiveForm = "300% from 100 to 5000"

    private static let units: [(seconds: Int, names: [String])] = [
        (1, ["s", "sec", "second"]), (60, ["min", "m", "minute"]), (3600, ["h", "hour"]), (86_400, ["d", "day"]),
        (604_800, ["w", "week"]),
    ]

    package static func limit(of quota: Quota) -> String {
        let burst = quota.burst == 0 ? "" : " burst \(quota.burst)"
        switch quota.window {
        case .rate(let seconds):
            let unit = units.first { $0.seconds == seconds }?.names.first ?? Seconds.text(seconds)
            return "\(quota.limit)/\(unit)\(burst)"
        case .rolling(let seconds): return "\(quota.limit) per rolling \(Seconds.text(seconds))\(burst)"
        case .calendar(let unit, let zone):
            return "\(quota.limit) per calendar \(unit.name) \(zone)\(burst)"
        }
    }

    package static func holder(of quota: Quota) -> String {
        switch quota.holder {
        case .tier(let tier): "tier \(tier)"
        case .client(let client): "client \(client)"
        }
    }

    package static func text(of adaptive: Quota.Adaptive) -> String {
        "\(adaptive.percent)% from \(adaptive.floor) to \(adaptive.ceiling)"
    }

    // MARK: - Reading

    /// The fields `limit`, `window` and `burst` of files; a number alone keeps the window and burst of `former`.
    package static func limitMembers(_ text: String, former: Quota?) throws(LineProblem) -> [PolicyTree.Member] {
        var scanner = LineScanner(text)
        var words: [LineScanner.Word] = []
        while let word = scanner.raw() { words.append(contentsOf: word.split(at: "/")) }
        guard let first = words.first else { throw .at(1, "write \(limitForm)") }
        var members = [PolicyTree.Member("limit", try number(first))]
        if words.count == 1 {
            guard let former else { throw .at(scanner.column, "say per what: write \(limitForm)") }
            members.append(.init("window", .text(former.window.text)))
            members.append(.init("burst", .integer(former.burst)))
            return members
        }
        words.removeFirst()
        if let index = words.firstIndex(where: { $0.text == "burst" }) {
            guard index + 2 == words.count else {
                throw .at(words[index].column, "end with the burst, as in 1000/h burst 50")
            }
            members.append(.init("burst", try number(words[index + 1])))
            words.removeLast(2)
        }
        members.append(.init("window", .text(try window(words, end: scanner.column))))
        return members
    }

    /// As in files: `rate 1h`, `rolling 24h`, `calendar day UTC`.
    private static func window(_ words: [LineScanner.Word], end: Int) throws(LineProblem) -> String {
        guard let first = words.first else { throw .at(end, "say per what: write \(limitForm)") }
        guard first.text == "/" || first.text == "per" else {
            throw .at(first.column, "after the number comes “/” or “per”; write \(limitForm)")
        }
        guard words.count > 1 else { throw .at(end, "say per what: write \(limitForm)") }
        let kind = words[1]
        switch (kind.text, words.count) {
        case ("rolling", 3): return "rolling " + Seconds.text(try seconds(words[2]))
        case ("calendar", 3...):
            let units = Quota.CalendarUnit.allCases.map(\.name)
            guard units.contains(words[2].text) else {
                throw .at(
                    words[2].column,
                    "there is no calendar \(SafeText.quoted(words[2].text))"
                        + TreeReader.hint(words[2].text, among: units))
            }
            // A zone has slashes, which were cut off.
            let zone = words.dropFirst(3).map(\.text).joined()
            return "calendar \(words[2].text) \(zone.isEmpty ? "UTC" : zone)"
        case ("rolling", _): throw .at(kind.column, "write 5000 per rolling 24h")
        case ("calendar", _): throw .at(kind.column, "write 10000 per calendar day Europe/Berlin")
        case ("month", 2): throw .at(kind.column, "months have no one length; write 10000 per calendar month")
        case (_, 2): return "rate " + Seconds.text(try seconds(kind))
        case (_, _): throw .at(words[2].column, "only “burst” with a number can follow; write \(limitForm)")
        }
    }

    private static func seconds(_ word: LineScanner.Word) throws(LineProblem) -> Int {
        if let unit = units.first(where: { $0.names.contains(word.text) }) { return unit.seconds }
        guard let seconds = Seconds.parse(word.text) else {
            throw .at(word.column, "\(SafeText.quoted(word.text)) is no time span; write s, min, h, d, or like 90s")
        }
        return seconds
    }

    private static func number(_ word: LineScanner.Word) throws(LineProblem) -> PolicyTree {
        guard let number = Int(word.text) else {
            throw .at(word.column, "\(SafeText.quoted(word.text)) is no whole number")
        }
        return .integer(number)
    }

    /// The field `tier` or `client` of files.
    static func holderMembers(_ text: String) throws(LineProblem) -> [PolicyTree.Member] {
        var scanner = LineScanner(text)
        let form = "write \(holderForm)"
        guard let kind = scanner.raw() else { return [] }
        guard ["tier", "client"].contains(kind.text) else { throw .at(kind.column, form) }
        guard let name = scanner.raw() else { throw .at(scanner.column, "the \(kind.text)'s name is missing; \(form)") }
        if let extra = scanner.raw() { throw .at(extra.column, "a quota has one holder; \(form)") }
        return [.init(kind.text, name.tree)]
    }

    /// The field `adaptive` of files.
    static func adaptiveMembers(_ text: String) throws(LineProblem) -> [PolicyTree.Member] {
        var scanner = LineScanner(text)
        var words: [LineScanner.Word] = []
        while let word = scanner.raw() { words.append(word) }
        guard let first = words.first else { return [] }
        guard words.count == 5, first.text.hasSuffix("%"), words[1].text == "from", words[3].text == "to" else {
            throw .at(first.column, "write it like \(adaptiveForm)")
        }
        var percent = first
        percent.text.removeLast()
        let numbers = [
            PolicyTree.Member("percent", try number(percent)), .init("floor", try number(words[2])),
            .init("ceiling", try number(words[4])),
        ]
        return [.init("adaptive", .map(numbers))]
    }
}

extension LineScanner.Word {
    /// The parts before and after each separator, and the separators.
    fileprivate func split(at separator: Character) -> [LineScanner.Word] {
        var words: [LineScanner.Word] = []
        var column = column
        for (index, part) in text.split(separator: separator, omittingEmptySubsequences: false).enumerated() {
            if index > 0 {
                words.append(LineScanner.Word(text: String(separator), isQuoted: false, column: column))
                column += 1
            }
            if !part.isEmpty { words.append(LineScanner.Word(text: String(part), isQuoted: false, column: column)) }
            column += part.unicodeScalars.count
        }
        return words
    }
}
