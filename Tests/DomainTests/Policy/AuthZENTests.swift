import Domain
import Foundation
import Testing

struct AuthZENTests {
    private struct Decisions: Decodable {
        struct Evaluation: Decodable {
            struct Request: Decodable {
                struct Named: Decodable {
                    let id: String
                }
                struct Action: Decodable {
                    let name: String
                }
                let subject: Named
                let action: Action
                let resource: Named
            }
            let request: Request
            let expected: Bool
        }
        let evaluation: [Evaluation]
    }

    /// The roles of the people of the interoperability scenario.
    private static let roles = [
        "Rick": ["admin", "evil_genius"], "Morty": ["editor"], "Summer": ["editor"], "Beth": ["viewer"],
        "Jerry": ["viewer"],
    ]

    @Test func `the decisions of the gateway scenario are the same`() throws {
        let viewer = try Role(
            "viewer", [Permission(.allow, [.get], "/users/{userId}"), Permission(.allow, [.get], "/todos")])
        let editor = try Role(
            "editor",
            [Permission(.allow, [.post], "/todos"), Permission(.allow, [.put, .delete], "/todos/{todoId}")],
            parents: ["viewer"])
        let decisions = try JSONDecoder().decode(
            Decisions.self, from: CanonicalPathTests.fixture("authz/authzen-api-gateways/decisions.json"))
        // The people come in this order, five requests each.
        let people = ["Rick", "Morty", "Summer", "Beth", "Jerry"]
        let ids = decisions.evaluation.map(\.request.subject.id).reduce(into: [String]()) { known, id in
            if !known.contains(id) { known.append(id) }
        }
        #expect(ids.count == people.count)
        let snapshot = try Policy.of(
            roles: [viewer, editor, Role("admin", parents: ["editor"]), Role("evil_genius", parents: ["editor"])],
            routes: [
                Route("user", "/users/{userId}"), Route("todos", "/todos", [.get, .post]),
                Route("todo", "/todos/{todoId}", [.put, .delete]),
            ], clients: [Client("gateway", roles: ["admin"])]
        ).compiled()
        let client = try #require(snapshot.client(named: "gateway"))
        for evaluation in decisions.evaluation {
            let person = people[try #require(ids.firstIndex(of: evaluation.request.subject.id))]
            let target = evaluation.request.resource.id.replacing("{userId}", with: "7").replacing(
                "{todoId}", with: "8")
            let facts = TokenFacts(
                subject: evaluation.request.subject.id, roles: Self.roles[person], expires: .distantFuture)
            let request = AccessRequest(
                method: Domain.Method(name: evaluation.request.action.name), target: Array(target.utf8), address: nil,
                time: Timestamp(seconds: 0), caller: .token(client, facts))
            let decision = snapshot.decision(for: request, revocations: .none)
            #expect(decision.isAllowed == evaluation.expected, "\(person) \(evaluation.request.action.name) \(target)")
        }
        #expect(decisions.evaluation.count == 25)
    }
}
