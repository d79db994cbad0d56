package import Terminal

/// What is listed on a screen beside the policy's items: tokens, audit records, versions, what waits.
package protocol ListedRecord: Sendable {
    associatedtype ID: Hashable & Sendable
    var id: ID { get }
    /// All that can be shown.
    static var columns: [ListColumn] { get }
    /// The fields that are exported.
    static var exported: [String] { get }
    /// The fields that a filter may name.
    static var fields: [String] { get }
    /// The values of a field; none when the record doesn't have it.
    func values(of field: String, in context: ScreenContext) -> [String]
    /// A field's text in an export.
    func exportText(of field: String, in context: ScreenContext) -> String
    /// What words are looked for in.
    var texts: [String] { get }
    /// What stands in a column, where it isn't just its text.
    func cell(of field: String, in context: ScreenContext, _ glyphs: Glyphs) -> TableCell?
}

extension ListedRecord {
    package static var exported: [String] { columns.map(\.id) }

    package func exportText(of field: String, in context: ScreenContext) -> String {
        values(of: field, in: context).joined(separator: " ")
    }
}
