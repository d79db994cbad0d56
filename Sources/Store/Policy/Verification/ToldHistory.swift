import Domain

/// What the audit trail tells of versions, gathered while it is walked.
struct ToldHistory {
    /// What is told of a version where it was made.
    struct Told {
        let record: AuditRecord
        let content: String
        let edits: String
        /// Of a change by break-glass, in microseconds.
        let expires: Int?
        /// As the column has them; nil where there are none, and in records of older programs.
        let dangers: String?
        /// The version that it was made from.
        let parent: Int?
    }

    private(set) var versions: [Int: Told] = [:]
    /// The state of each version after all records.
    private(set) var states: [Int: PolicyVersion.State] = [:]
    private(set) var reviews: [Int: (record: AuditRecord, isKept: Bool)] = [:]
    /// How changes by break-glass ended that nobody kept: as the last record of it tells.
    private(set) var endings: [Int: (name: String, record: AuditRecord)] = [:]
    /// Versions of which a record tells that isn't as it was written, so that nothing follows from it.
    private(set) var doubtful: Set<Int> = []
    /// Whether no record is missing.
    private(set) var isWhole = true
    private var active: Int?

    mutating func miss() { isWhole = false }

    /// Whether a version's state and end are what the trail tells.
    func isCertain(_ number: Int) -> Bool { isWhole && !doubtful.contains(number) }

    mutating func take(_ record: AuditRecord, isSound: Bool) {
        guard record.entry.outcome == .done, record.entry.action.hasPrefix("policy.") else { return }
        if !isSound {
            doubtful.formUnion([Int(record.entry.version), active ?? 0])
            if let target = record.entry.target.dropping("version/").flatMap({ Int($0) }) { doubtful.insert(target) }
        }
        let after = record.entry.after.flatMap { try? PolicyTree(parsingJSON: $0.utf8) }
        let number = Int(record.entry.version)
        if let content = after?.text("content"), let edits = after?.text("edits") {
            let before = record.entry.before.flatMap { try? PolicyTree(parsingJSON: $0.utf8) }
            versions[number] = Told(
                record: record, content: content, edits: edits, expires: after?.integer("expires"),
                dangers: after?.text("dangers"), parent: before?.integer("version"))
            if record.entry.action == "policy.draft" {
                states[number] = .draft
            } else {
                if let active { states[active] = .retired }
                states[number] = .active
                active = number
            }
        }
        guard let target = record.entry.target.dropping("version/").flatMap({ Int($0) }) else { return }
        switch record.entry.action {
        case "policy.approve", "policy.reject": states[target] = .retired
        case "policy.shadow": states[target] = after?.text("state").flatMap(PolicyVersion.State.init(rawValue:))
        case "policy.review": reviews[target] = (record, after?.flag("kept") ?? false)
        case "policy.expire": endings[target] = (after?.text("ending") ?? BreakGlass.Ending.reverted.rawValue, record)
        default: break
        }
    }
}

extension ToldHistory {
    /// How a change by break-glass ended, when, and which version took it back.
    struct End: Equatable {
        var ending: String?
        var time: Timestamp?
        var revertedBy: Int?
    }

    func end(of version: Int) -> End {
        if let review = reviews[version], review.isKept {
            return End(ending: BreakGlass.Ending.kept.rawValue, time: review.record.entry.time)
        }
        guard let (name, record) = endings[version] else { return End() }
        let isReverted = name == BreakGlass.Ending.reverted.rawValue
        return End(
            ending: name, time: record.entry.time, revertedBy: isReverted ? Int(record.entry.version) : nil)
    }
}

extension PolicyTree {
    private func value(_ name: String) -> Content? {
        guard case .map(let members) = content else { return nil }
        return members.first { $0.name == name }?.value.content
    }

    fileprivate func text(_ name: String) -> String? {
        if case .text(let text)? = value(name) { text } else { nil }
    }

    fileprivate func integer(_ name: String) -> Int? {
        if case .integer(let number)? = value(name) { number } else { nil }
    }

    fileprivate func flag(_ name: String) -> Bool? {
        if case .flag(let flag)? = value(name) { flag } else { nil }
    }
}

extension String {
    /// What follows a beginning; nil when the text begins otherwise.
    fileprivate func dropping(_ beginning: String) -> Substring? {
        hasPrefix(beginning) ? dropFirst(beginning.count) : nil
    }
}
