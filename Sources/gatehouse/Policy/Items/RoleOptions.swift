import ArgumentParser
import Domain

/// Roles have permissions, which come one by one.
struct RoleOptions: ItemOptions {
    static let plural = "roles"
    static let fields = Role.fields
    static let example = "--parents guest --allow 'GET,PUT /users/{id} if {owner: {variable: id, claim: sub}}'"
    static let columns: [ItemColumn<Role>] = [
        ItemColumn("parents", { $0.parents.listed }),
        ItemColumn("allows", isNumber: true, { "\($0.permissions.count { $0.effect == .allow })" }),
        ItemColumn("denies", isNumber: true, { "\($0.permissions.count { $0.effect == .deny })" }),
        ItemColumn("note", { $0.note }),
    ]

    static func thing(_ item: PolicyItem) -> Role? { if case .role(let role) = item { role } else { nil } }

    @Option(help: Self.help("note")) var note: String?
    @Option(help: Self.help("parents")) var parents: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "One more permission that allows: methods, path, and conditions after “if”, as in a policy file.",
            valueName: "permission"))
    var allow: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("One more permission that denies, whatever else allows it.", valueName: "permission"))
    var deny: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Take a permission out: its number, as `show` has it.", valueName: "number"))
    var remove: [Int] = []

    @Option(help: ArgumentHelp("All permissions anew, as a policy file has them, on one line.", valueName: "yaml"))
    var permissions: String?

    func validate() throws {
        if permissions != nil, !(allow + deny).isEmpty || !remove.isEmpty {
            throw ValidationError("--permissions is all of them; leave out --allow, --deny and --remove")
        }
    }

    var given: [GivenField] {
        [
            GivenField("note", note), GivenField("parents", parents, .list),
            GivenField("permissions", permissions, .yaml),
        ]
    }

    /// The permissions after `--remove`, `--allow` and `--deny`; nil when none of them was given.
    func permissions(after before: PolicyTree?) throws -> PolicyTree? {
        guard !remove.isEmpty || !allow.isEmpty || !deny.isEmpty else { return nil }
        var elements: [PolicyTree] = []
        if case .list(let there)? = before?.content { elements = there }
        for number in remove where !(1...max(1, elements.count)).contains(number) || elements.isEmpty {
            throw ValidationError("--remove: there is no permission \(number); there are \(elements.count)")
        }
        elements = elements.enumerated().filter { !remove.contains($0.offset + 1) }.map(\.element)
        elements += try allow.map { try Self.permission($0, "allow") }
        elements += try deny.map { try Self.permission($0, "deny") }
        return .list(elements)
    }

    /// `GET,PUT /users/{id} if {mtls: true}, {networks: [10.0.0.0/8]}`
    private static func permission(_ text: String, _ effect: String) throws -> PolicyTree {
        try GivenField.refuseHidden(in: text, "--\(effect)")
        let words = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count >= 2 else {
            throw ValidationError(
                "--\(effect): \(SafeText.quoted(text)) needs methods and a path, as in 'GET,PUT /users/{id}'")
        }
        let methods: PolicyTree =
            words[0] == "all" ? .text("all") : .list(words[0].split(separator: ",").map { .text(String($0)) })
        var members: [PolicyTree.Member] = [.init(effect, methods), .init("path", .text(words[1]))]
        if words.count == 3 {
            guard words[2].hasPrefix("if ") else {
                throw ValidationError("--\(effect): conditions follow the word “if”")
            }
            let list = "[" + words[2].dropFirst(3) + "]"
            members.append(.init("conditions", try PolicyFile(name: "--\(effect)", bytes: Array(list.utf8)).tree))
        }
        return .map(members)
    }
}
