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
}
