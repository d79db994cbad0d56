import Domain
import Foundation
import Testing

/// The README's tables of fields are made from the lists that read and write policy files.
struct PolicyReadmeTests {
    private static let path = ProjectFolder.path + "/README.md"
    private static let start =
        "<!-- policy: remade by GATEHOUSE_REMAKE_DOCS=1 swift test --filter PolicyReadmeTests -->\n"
    private static let end = "<!-- /policy -->"

    @Test func `the README lists the fields that there are`() throws {
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
        let start = try #require(text.range(of: Self.start))
        let end = try #require(text.range(of: Self.end))
        if ProcessInfo.processInfo.environment["GATEHOUSE_REMAKE_DOCS"] != nil {
            let remade = text[..<start.upperBound] + Self.tables + text[end.lowerBound...]
            try String(remade).write(toFile: Self.path, atomically: true, encoding: .utf8)
            return
        }
        #expect(
            text[start.upperBound..<end.lowerBound] == Self.tables[...],
            "the fields changed: GATEHOUSE_REMAKE_DOCS=1 swift test --filter PolicyReadmeTests")
    }

    @Test func `the README's tour is there word for word`() throws {
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
        #expect(
            text.contains(
                """
                    gatehouse init
                    gatehouse policy example | gatehouse policy apply - --reason "first policy"
                    gatehouse policy try --client guest-app --method GET --path /users/42     # forbidden, and why

                """))
    }

    private static var tables: String {
        let sections = PolicyDocument.sections.map { table($0.name, rows(of: $0.kind)) }
        let conditions = Condition.forms.map { row($0.name, $0.form, $0.purpose) }
        return (sections + [table("a permission", rows(Permission.fields)), table("a condition", conditions)]).joined()
            + "\n"
    }

    private static func table(_ title: String, _ rows: [String]) -> String {
        "\n**\(title)**\n\n| field | what may stand there | what it says |\n| --- | --- | --- |\n"
            + rows.joined(separator: "\n") + "\n"
    }

    private static func rows(of kind: ItemKind) -> [String] {
        switch kind {
        case .settings: rows(PolicySettings.fields)
        case .scope: rows(Scope.fields)
        case .role: rows(Role.fields)
        case .route: rows(Route.fields)
        case .tier: rows(Tier.fields)
        case .quota: rows(Quota.fields)
        case .client: rows(Client.fields)
        case .operator: rows(Operator.fields)
        }
    }

    private static func rows<Thing>(_ fields: [ItemField<Thing>]) -> [String] {
        fields.map { row($0.name, $0.form, $0.purpose + ($0.isRequired ? " (needed)" : "")) }
    }

    private static func row(_ name: String, _ form: String, _ purpose: String) -> String {
        "| `\(name)` | \(form) | \(purpose) |"
    }
}
