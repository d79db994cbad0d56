extension Condition {
    /// One kind of condition in a file: its field, what may stand there, and how it is read.
    package struct Form: Sendable {
        package let name: String
        package let form: String
        package let purpose: String
        let read: @Sendable (inout TreeReader) -> Condition?
    }

    package static let forms: [Form] = [
        Form(
            name: "networks", form: "a list like [10.0.0.0/8, 2001:db8::/32]",
            purpose: "the caller's address is in one of them"
        ) { reader in
            reader.elements("networks") { $1.network(of: $0) }.map { .network($0) }
        },
        Form(
            name: "time", form: "{from: \"09:00\", to: \"17:00\", days: [mon, tue], zone: Europe/Berlin}",
            purpose: "it is one of these hours"
        ) { reader in
            reader.field("time") { WeeklyWindow(tree: $0, reader: &$1) }.map { .time($0) }
        },
        Form(
            name: "owner", form: "{variable: id, claim: sub}",
            purpose: "a variable of the path equals a claim of the token"
        ) { reader in
            reader.field("owner") { tree, reader in
                reader.fields(of: tree, known: ["variable", "claim"]) { reader -> Condition? in
                    let (variable, claim) = (reader.text("variable"), reader.text("claim"))
                    reader.reportMissing("variable", "the name of a variable of the path, as id for {id}")
                    reader.reportMissing("claim", "a claim of the token, as in sub")
                    guard let variable, let claim else { return nil }
                    return .owner(variable: variable, claim: claim)
                }
            }
        },
        Form(
            name: "classification", form: TreeForm.one(of: Classification.allCases.map(\.name)),
            purpose: "the route's classification is at most this"
        ) { reader in
            reader.word("classification", among: Classification.allCases.map { ($0.name, $0) })
                .map { .classification(ceiling: $0) }
        },
        Form(name: "mtls", form: "true", purpose: "the connection has a verified client certificate") { reader in
            guard let flag = reader.flag("mtls") else { return nil }
            if flag { return .mutualTLS }
            reader.report(on: "mtls", "can only be true; leave the condition out")
            return nil
        },
        Form(
            name: "acr", form: "one of the settings' authentication_levels",
            purpose: "the token's acr is this level or a stronger one"
        ) { reader in
            reader.text("acr").map { .authenticationLevel($0) }
        },
        Form(name: "token_age", form: TreeForm.duration, purpose: "the token was issued at most so long ago") {
            reader in
            reader.seconds("token_age").map { .tokenAge(atMostSeconds: $0) }
        },
        Form(
            name: "header", form: "{name: x-region, value: eu}", purpose: "a request header has exactly this value"
        ) { reader in
            reader.field("header") { tree, reader in
                reader.fields(of: tree, known: ["name", "value"]) { reader -> Condition? in
                    let (name, value) = (reader.text("name"), reader.text("value"))
                    reader.reportMissing("name", "a header's name")
                    reader.reportMissing("value", "the value that it must have")
                    guard let name, let value else { return nil }
                    return .header(name: name.lowercased(), value: value)
                }
            }
        },
    ]

    /// A map with one field.
    package var tree: PolicyTree {
        switch self {
        case .network(let networks): member("networks", .words(networks.map(\.description)))
        case .time(let window): member("time", window.tree)
        case .owner(let variable, let claim):
            member("owner", .map([.init("variable", .text(variable)), .init("claim", .text(claim))]))
        case .classification(let ceiling): member("classification", .text(ceiling.name))
        case .mutualTLS: member("mtls", .flag(true))
        case .authenticationLevel(let level): member("acr", .text(level))
        case .tokenAge(let seconds): member("token_age", .text(Seconds.text(seconds)))
        case .header(let name, let value):
            member("header", .map([.init("name", .text(name)), .init("value", .text(value))]))
        }
    }

    private func member(_ name: String, _ value: PolicyTree) -> PolicyTree { .map([.init(name, value)]) }

    /// Reads a condition; nil with problems noted when it is none.
    package init?(tree: PolicyTree, reader: inout TreeReader) {
        let names = Self.forms.map(\.name)
        let condition = reader.fields(of: tree, known: names) { reader -> Condition? in
            let given = Self.forms.filter { reader.has($0.name) }
            guard given.count == 1, let form = given.first else {
                reader.reportHere(
                    given.isEmpty
                        ? "holds no condition; give one of " + names.joined(separator: ", ")
                        : "holds several conditions; make a list of them, each with its own “-”")
                return nil
            }
            return form.read(&reader)
        }
        guard let condition else { return nil }
        self = condition
    }
}

extension TreeReader {
    fileprivate mutating func network(of tree: PolicyTree) -> Network? {
        guard let text = text(of: tree) else { return nil }
        if let network = Network(text) { return network }
        report(
            "\(SafeText.quoted(text)) is no network; write it like 10.0.0.0/8, without bits beyond the prefix",
            at: tree.place)
        return nil
    }
}
