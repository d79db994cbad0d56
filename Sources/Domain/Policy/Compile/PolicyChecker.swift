// Says everything that is wrong with a policy before it is compiled. One file for each kind of item follows this one.

/// Collects the problems of a policy.
struct PolicyChecker {
    static let longestText = 200

    let lists: PolicyLists
    let numbers: PolicyNumbers
    private(set) var problems: [PolicyProblem] = []

    init(_ lists: PolicyLists, _ numbers: PolicyNumbers) {
        self.lists = lists
        self.numbers = numbers
    }

    mutating func check(zones: (String) -> TimeZoneTable?) {
        checkSettings()
        checkRoles(zones)
        checkCycles()
        checkRoutes()
        checkRouteConflicts()
        checkQuotas(zones)
        checkClients()
        checkOperators()
        for scope in lists.scopes { text(scope.note, ItemKey(scope.name), "note") }
        for tier in lists.tiers { text(tier.note, ItemKey(tier.name), "note") }
        twins(lists.scopes, \.name)
        twins(lists.roles, \.name)
        twins(lists.routes, \.name)
        twins(lists.tiers, \.name)
        twins(lists.quotas, \.name)
        twins(lists.clients, \.name)
        twins(lists.operators, \.name)
    }

    mutating func report(
        _ item: ItemKey, _ field: String, _ problem: String, _ advice: String,
        other: PolicyProblem.OtherSide? = nil
    ) {
        problems.append(PolicyProblem(item, field: field, problem: problem, advice: advice, other: other))
    }

    // MARK: - What several kinds have

    /// A text for people: bounded, and nothing in it that can't be seen.
    mutating func text(_ text: String, _ item: ItemKey, _ field: String) {
        let count = text.utf8.count
        guard count <= Self.longestText else {
            report(item, field, "is \(count) bytes long", "give at most \(Self.longestText)")
            return
        }
        if mayHoldSecret(text.utf8.span), Redaction.line(Array(text.utf8)[...]) != nil {
            report(item, field, "holds what looks like a secret", "take it out, and revoke it")
            return
        }
        if isPrintableASCII(text.utf8.span) { return }
        guard let hidden = text.unicodeScalars.first(where: \.isHidden) else { return }
        let digits = String(hidden.value, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        report(item, field, "holds U+\(code), which can't be seen", "take it out")
    }

    /// A URL, or any other text that may have one's parts; nothing of it is secret, since who may watch may read it.
    ///
    /// - Returns: Whether it holds no secret.
    @discardableResult
    mutating func url(_ text: String, _ item: ItemKey, _ field: String) -> Bool {
        self.text(text, item, field)
        guard Redaction.url(Array(text.utf8)[...]) != nil else { return true }
        report(item, field, "holds a password or another secret", "take it out: whoever may watch may read it")
        return false
    }

    /// Whether what we issue begins somewhere in it.
    private func mayHoldSecret(_ utf8: Span<UInt8>) -> Bool {
        guard utf8.count > 3 else { return false }
        for index in 2..<utf8.count
        where utf8[index] == UInt8(ascii: "_") && utf8[index - 1] == UInt8(ascii: "h")
            && utf8[index - 2] == UInt8(ascii: "g")
        { return true }
        return false
    }

    private func isPrintableASCII(_ utf8: Span<UInt8>) -> Bool {
        for index in utf8.indices where utf8[index] < 0x20 || utf8[index] > 0x7e { return false }
        return true
    }

    /// The beginning of a text that was never checked, without what can't be seen.
    func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.filter { !$0.isHidden }.prefix(40)
        return "“\(String(String.UnicodeScalarView(shown)))\(text.unicodeScalars.count > shown.count ? "…" : "")”"
    }

    mutating func references<Thing>(
        _ names: [Name<Thing>], _ item: ItemKey, _ field: String, isKnown: (String) -> Bool
    ) {
        for (index, name) in names.enumerated() {
            if !isKnown(name.text) { unknown(name, item, "\(field)[\(index)]") }
            if names[..<index].contains(name) {
                report(item, "\(field)[\(index)]", "names \(name) twice", "take one out")
            }
        }
    }

    mutating func unknown<Thing>(_ name: Name<Thing>, _ item: ItemKey, _ field: String) {
        let kind = Thing.kind.rawValue
        report(item, field, "there is no \(kind) \(name)", "create it, or name one that exists")
    }

    mutating func zone(
        _ name: String, _ item: ItemKey, _ field: String, _ zones: (String) -> TimeZoneTable?
    ) {
        guard zones(name) == nil else { return }
        report(item, field, "there is no time zone \(quoted(name))", "name one like Europe/Berlin, or UTC")
    }

    mutating func seconds(_ seconds: Int, within range: ClosedRange<Int>, _ item: ItemKey, _ field: String) {
        guard !range.contains(seconds) else { return }
        report(
            item, field, seconds < 60 ? "is \(seconds) s" : "is \(Seconds.text(seconds))",
            "give \(DurationText.exact(Int64(range.lowerBound) * 1_000_000)) to \(DurationText.exact(Int64(range.upperBound) * 1_000_000))"
        )
    }

    /// Names that differ in case only would be taken for each other.
    private mutating func twins<Thing: NamedThing>(_ things: [Thing], _ name: (Thing) -> Name<Thing>) {
        guard things.contains(where: { Self.hasUpper(name($0).text) }) else { return }
        var hashes = things.map { Self.foldedHash(name($0).text) }
        hashes.sort()
        // Only when two hashes are equal can two names be.
        guard zip(hashes, hashes.dropFirst()).contains(where: { $0 == $1 }) else { return }
        var suspects: [String: Name<Thing>] = [:]
        for thing in things {
            let name = name(thing)
            if let other = suspects.updateValue(name, forKey: name.text.lowercased()) {
                report(ItemKey(name), "", "differs from \(other) in case only", "rename one of them")
            }
        }
    }

    private static func foldedHash(_ text: String) -> UInt64 {
        var key = SegmentKey()
        let utf8 = text.utf8.span
        for index in utf8.indices {
            let byte = utf8[index]
            key.add(isUpper(byte) ? byte | 0x20 : byte)
        }
        return key.hash
    }

    private static func hasUpper(_ text: String) -> Bool {
        let utf8 = text.utf8.span
        for index in utf8.indices where isUpper(utf8[index]) { return true }
        return false
    }

    private static func isUpper(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
