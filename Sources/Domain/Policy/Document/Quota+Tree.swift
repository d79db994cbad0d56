extension Quota {
    package static let fields: [ItemField<Quota>] = [
        ItemField("tier", "a tier", "whose clients it limits; or else:") {
            if case .tier(let tier) = $0.holder { .text(tier.text) } else { nil }
        },
        ItemField("client", "a client", "which client it limits, in the place of its tier's quota") {
            if case .client(let client) = $0.holder { .text(client.text) } else { nil }
        },
        ItemField(
            "key", TreeForm.one(of: Key.allCases.map(\.name)), "what has a counter of its own", isRequired: true
        ) {
            .text($0.key.name)
        },
        ItemField("window", Window.form, "over which time it counts", isRequired: true) { .text($0.window.text) },
        ItemField("limit", TreeForm.number, "how many units in a window", isRequired: true) { .integer($0.limit) },
        ItemField("burst", TreeForm.number, "units at once beyond an even rate", standard: .integer(0)) {
            .integer($0.burst)
        },
        ItemField("path", TreeForm.path, "the paths that it is about; all if left out") {
            $0.pattern.map { .text($0.text) }
        },
        ItemField(
            "adaptive", "{percent: 300, floor: 100, ceiling: 5000}", "a limit that follows what is usual"
        ) {
            $0.adaptive?.tree
        },
        ItemField(
            "on_counter_failure", TreeForm.one(of: CounterFailure.allCases.map(\.name)),
            "what a counter outside the program does when it fails; those within can't",
            standard: .text(CounterFailure.refuse.name)
        ) {
            .text($0.onCounterFailure.name)
        },
        ItemField("note", TreeForm.text, "what it is for") { .filled($0.note) },
    ]

    init?(_ name: Name<Quota>, reading reader: inout TreeReader) {
        let holder = Self.holder(&reader)
        let key = reader.word("key", among: Key.allCases.map { ($0.name, $0) })
        let window = reader.field("window") { Window(tree: $0, reader: &$1) }
        let limit = reader.integer("limit")
        let burst = reader.integer("burst") ?? 0
        let pattern = reader.pattern("path")
        let adaptive = reader.field("adaptive") { Adaptive(tree: $0, reader: &$1) }
        let failure = reader.word("on_counter_failure", among: CounterFailure.allCases.map { ($0.name, $0) })
        let note = reader.text("note") ?? ""
        guard let holder, let key, let window, let limit else { return nil }
        self.init(
            name: name, holder: holder, key: key, window: window, limit: limit, burst: burst, pattern: pattern,
            adaptive: adaptive, onCounterFailure: failure ?? .refuse, note: note)
    }

    private static func holder(_ reader: inout TreeReader) -> Holder? {
        let tier: Name<Tier>? = reader.name("tier")
        let client: Name<Client>? = reader.name("client")
        guard reader.has("tier") != reader.has("client") else {
            reader.reportHere(
                reader.has("tier")
                    ? "names both a tier and a client; make two quotas of it"
                    : "names neither a tier nor a client; say whom it limits")
            return nil
        }
        return tier.map { .tier($0) } ?? client.map { .client($0) }
    }
}

extension Quota.Adaptive {
    private static let names = ["percent", "floor", "ceiling"]

    fileprivate var tree: PolicyTree {
        .map([
            .init("percent", .integer(percent)), .init("floor", .integer(floor)), .init("ceiling", .integer(ceiling)),
        ])
    }

    fileprivate init?(tree: PolicyTree, reader: inout TreeReader) {
        let numbers = reader.fields(of: tree, known: Self.names) { reader -> [Int]? in
            let numbers = Self.names.map { reader.integer($0) }
            for name in Self.names { reader.reportMissing(name, TreeForm.number) }
            let given = numbers.compactMap(\.self)
            return given.count == Self.names.count ? given : nil
        }
        guard let numbers else { return nil }
        self.init(percent: numbers[0], floor: numbers[1], ceiling: numbers[2])
    }
}

extension Quota.Window {
    static let form = "“rate 1m”, “rolling 1h” or “calendar day Europe/Berlin”"

    package var text: String {
        switch self {
        case .rate(let seconds): "rate " + Seconds.text(seconds)
        case .rolling(let seconds): "rolling " + Seconds.text(seconds)
        case .calendar(let unit, let zone): "calendar \(unit.name) \(zone)"
        }
    }

    fileprivate init?(tree: PolicyTree, reader: inout TreeReader) {
        guard let text = reader.text(of: tree) else { return nil }
        let words = text.split(separator: " ", maxSplits: 2).map(String.init)
        let units = Quota.CalendarUnit.allCases
        switch (words.first, words.count) {
        case ("rate", 2):
            guard let seconds = Seconds.parse(words[1]) else { break }
            self = .rate(seconds: seconds)
            return
        case ("rolling", 2):
            guard let seconds = Seconds.parse(words[1]) else { break }
            self = .rolling(seconds: seconds)
            return
        case ("calendar", 2...):
            guard let unit = units.first(where: { $0.name == words[1] }) else { break }
            self = .calendar(unit, zone: words.count == 3 ? words[2] : "UTC")
            return
        default: break
        }
        reader.report("\(SafeText.quoted(text)) is no window; write \(Self.form)", at: tree.place)
        return nil
    }
}
