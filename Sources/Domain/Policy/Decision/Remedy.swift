/// A change that would let a request pass the step that denied it.
package struct Remedy: Hashable, Sendable {
    /// As in `give client guest-app the role user`.
    package let text: String
    /// What it changes in the policy; none where another request, another token or time would help.
    package let edits: [PolicyEdit]

    package init(_ text: String, _ edits: [PolicyEdit] = []) {
        self.text = text
        self.edits = edits
    }

    /// Who sends a name chose it, so that making a client of it comes last and says what that means.
    package static func forStranger(_ client: Client?) -> [Remedy] {
        let item = client.map { PolicyItem.client($0) }
        let creation = item.map { [PolicyEdit(key: $0.key, before: nil, after: $0)] } ?? []
        let name = client.map { "the client \($0.name)" } ?? "the client"
        return [
            Remedy("send the credentials of a client that there is"),
            Remedy("create \(name), if you know who that is: anybody can send a name", creation),
        ]
    }
}
