/// The version that a file was made of: what its author saw, so that what others do meanwhile isn't undone by it.
package struct DocumentBase: Equatable, Sendable {
    /// What it is called in a file, before all sections.
    package static let field = "based_on"
    /// Enough of a content's hash that no other policy has the same by chance.
    private static let digits = 16

    package let version: Int
    /// The beginning of the version's content hash, by which a file of another store is known; nil when it isn't given.
    package let content: String?
    package let place: PolicyTree.Place?

    package init(version: Int, content: [UInt8]) {
        self.version = version
        self.content = String(Hex.text(content).prefix(Self.digits))
        place = nil
    }

    /// Reads the field of a document: `{version: 12, content: 3f9a…}`, or the number alone.
    init?(reading reader: inout TreeReader) {
        let found = reader.field(Self.field) { tree, reader -> DocumentBase? in
            if case .integer(let number) = tree.content {
                return DocumentBase(version: number, content: nil, place: tree.place, &reader)
            }
            return reader.fields(of: tree, known: ["version", "content"]) { reader -> DocumentBase? in
                reader.reportMissing("version", TreeForm.number)
                let content = reader.text("content")
                return reader.integer("version").flatMap {
                    DocumentBase(version: $0, content: content, place: tree.place, &reader)
                }
            }
        }
        guard let found else { return nil }
        self = found
    }

    private init?(version: Int, content: String?, place: PolicyTree.Place?, _ reader: inout TreeReader) {
        guard version > 0 else {
            reader.report("\(version) is no version; they are numbered from 1", at: place)
            return nil
        }
        self.version = version
        self.content = content
        self.place = place
    }

    /// Whether a version of this number has the content that the file was made of.
    package func isOf(content: [UInt8]) -> Bool {
        guard let known = self.content, known.utf8.count >= Self.digits else { return self.content == nil }
        return Hex.text(content).hasPrefix(known)
    }

    var tree: PolicyTree {
        .map([.init("version", .integer(version))] + (content.map { [.init("content", .text($0))] } ?? []))
    }
}
