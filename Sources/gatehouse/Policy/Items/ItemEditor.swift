import ArgumentParser
import Domain

/// Makes the edit that `create`, `set` or `delete` asks for.
struct ItemEditor<Options: ItemOptions> {
    let policy: Policy
    let name: String
    private let key: ItemKey

    /// Throws a usage error for what is no name.
    init(policy: Policy, name: String) throws {
        self.policy = policy
        self.name = name
        key = try Self.key(name)
    }

    /// Throws a usage error for what is no name.
    static func key(_ name: String) throws -> ItemKey {
        do {
            return ItemKey(try Name<Options.Thing>(name))
        } catch {
            throw ValidationError("\(SafeText.quoted(name)): \(error)")
        }
    }

    /// The item as it is; fails with the nearest name when there is none.
    func existing() throws -> PolicyItem {
        if let item = policy[key] { return item }
        let names = policy.items.keys.filter { $0.kind == Options.kind }.map(\.name).sorted()
        throw CommandFailure(
            "there is no \(Options.kind.rawValue) \(SafeText.quoted(name))"
                + (names.count > 20
                    ? NearestName.nearestHint(for: name, among: names) : NearestName.hint(for: name, among: names)))
    }

    func creating(_ options: Options, now: Timestamp) throws -> PolicyEdit {
        guard policy[key] == nil else {
            throw CommandFailure(
                "there is a \(Options.kind.rawValue) \(name) already; "
                    + "change it with `gatehouse \(Options.kind.rawValue) set`"
            )
        }
        var fields: [PolicyTree.Member] = []
        if Options.kind == .client {
            let time = TimeText.shortRFC3339(Timestamp(seconds: now.second))
            fields.append(.init("created", .text(time)))
        }
        return PolicyEdit(key: key, before: nil, after: try item(fields, options))
    }

    func setting(_ options: Options) throws -> PolicyEdit {
        let before = try existing()
        guard case .map(let fields) = before.tree(.brief).content else {
            return PolicyEdit(key: key, before: before, after: before)
        }
        let after = try item(fields, options)
        guard after != before else { throw CommandFailure("\(key) is so already; nothing was changed") }
        return PolicyEdit(key: key, before: before, after: after)
    }

    func deleting() throws -> PolicyEdit { PolicyEdit(key: key, before: try existing(), after: nil) }

    private func item(_ fields: [PolicyTree.Member], _ options: Options) throws -> PolicyItem {
        var fields = fields
        func put(_ name: String, _ value: PolicyTree?) {
            let index = fields.firstIndex { $0.name == name }
            switch (index, value) {
            case (let index?, let value?): fields[index] = PolicyTree.Member(name, value)
            case (let index?, nil): fields.remove(at: index)
            case (nil, let value?): fields.append(PolicyTree.Member(name, value))
            case (nil, nil): break
            }
        }
        for field in options.given where field.value != nil {
            let before = fields.first { $0.name == field.name }?.value
            put(field.name, try field.tree(option: Options.option(field.name), before: before))
        }
        if let options = options as? QuotaOptions {
            for member in try options.limitFields { put(member.name, member.value) }
        }
        if let options = options as? RoleOptions {
            let before = fields.first { $0.name == "permissions" }?.value
            if let permissions = try options.permissions(after: before) { put("permissions", permissions) }
        }
        do {
            return try PolicyItem(Options.kind, named: name, tree: .map(fields))
        } catch {
            throw ValidationError(error.problems.map { "\(key): \($0)" }.joined(separator: "\n"))
        }
    }
}
