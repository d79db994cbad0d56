/// A change, of the policy or of the request, that allows what was denied; or one of which only the first step is known.
package struct Remedy: Hashable, Sendable {
    /// As in `give client guest-app the role user`.
    package let text: String
    /// What it changes in the policy; none where another request, another token or time would help.
    package let edits: [PolicyEdit]
    /// What is asked once that is done, where it can't be known whether it is there; nil when the request is allowed
    /// then.
    package let next: String?

    package init(_ text: String, _ edits: [PolicyEdit] = [], next: String? = nil) {
        self.text = text
        self.edits = edits
        self.next = next
    }

    /// Whether the request is allowed when all of it is done.
    package var isWhole: Bool { next == nil }

    /// Who sends a name chose it, so that making a client of it comes last and says what that means.
    package static func forStranger(_ client: Client?, next: String) -> [Remedy] {
        let item = client.map { PolicyItem.client($0) }
        let creation = item.map { [PolicyEdit(key: $0.key, before: nil, after: $0)] } ?? []
        let name = client.map { "the client \($0.name)" } ?? "the client"
        return [
            Remedy("send the credentials of a client that there is", next: next),
            Remedy("create \(name), if you know who that is: anybody can send a name", creation, next: next),
        ]
    }
}
