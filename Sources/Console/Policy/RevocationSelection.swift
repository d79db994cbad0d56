package import Domain

/// Several things that are revoked together, with what there is to know them by.
package struct RevocationSelection: Hashable, Sendable {
    package var targets: [RevocationTarget]
    /// A line for each thing that is hit, as in `abcd1234  acme  maria`.
    package var lines: [String]
    /// The filter that chose them; empty where they were marked.
    package var filter: String

    package init(_ targets: [RevocationTarget], lines: [String] = [], filter: String = "") {
        self.targets = targets
        self.lines = lines
        self.filter = filter
    }
}
