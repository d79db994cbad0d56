/// Makes route templates of paths that no route declares: `/v1/users/42` becomes `/v1/users/{id}`.
///
/// The placeholders are `{id}`, `{uuid}`, `{hash}`, `{date}`, `{email}`, `{address}`, `{name}`, `{text}` and `{rest}`;
/// `PathSegment.Placeholder` tells what each stands for. Versions (`v1`, `2.0`) and words stay. Query, fragment,
/// parameters after `;`, empty segments and a slash at the end are dropped, so `/a//b/` and `/a/b` are one route.
///
/// The number of templates is bounded whatever is asked for. A template depends on the path and on the templates
/// given before, and once given for a path it stays.
package struct RouteTemplates: Sendable {
    /// Segments before the rest of a path becomes `{rest}`.
    package static let maximumDepth = 12
    /// Words that may follow the same beginning, before further ones become `{name}`.
    package static let maximumWords = 64
    /// Templates in all, before further ones become `/{other}`.
    package static let maximumTemplates = 2000
    package static let other = Array("/{other}".utf8)

    private struct Node {
        var children: [Part: Int] = [:]
        var words = 0
        var isTemplate = false
    }

    /// What stands between two slashes of a template; hashed as a whole, which a slice alone is not.
    private struct Part: Hashable {
        var bytes: ArraySlice<UInt8>

        func hash(into hasher: inout Hasher) {
            bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    private var nodes = [Node()]
    /// How many templates there are, without `/{other}`.
    package private(set) var count = 0

    /// Starts with templates that were given before, so that paths keep theirs.
    package init(known: some Sequence<[UInt8]> = [[UInt8]]()) {
        for template in known where template != Self.other { insert(template) }
    }

    /// The template of a path, in printable ASCII, of at most 900 bytes.
    ///
    /// With `learnsWords` false, words not yet met at their place become `{name}`: for requests that were answered
    /// with 404, so that a scan for hidden files doesn't use up the words.
    package mutating func template(path: ArraySlice<UInt8>, learnsWords: Bool = true) -> [UInt8] {
        var result: [UInt8] = []
        var node: Int? = 0
        var depth = 0
        var position = path.startIndex
        while position < path.endIndex, !path[position].endsPath {
            let start = position
            while position < path.endIndex, path[position] != UInt8(ascii: "/"), !path[position].endsPath {
                position += 1
            }
            let segment = path[start..<position]
            if position < path.endIndex, path[position] == UInt8(ascii: "/") { position += 1 }
            guard !segment.isEmpty else { continue }
            result.append(UInt8(ascii: "/"))
            depth += 1
            guard depth <= Self.maximumDepth else {
                node = step(from: node, by: PathSegment.Placeholder.rest.text, into: &result)
                break
            }
            switch PathSegment(segment) {
            case .word(let word):
                let part =
                    isRoom(for: word, after: node, learnsWords: learnsWords) ? word : PathSegment.Placeholder.name.text
                node = step(from: node, by: part, into: &result)
            case .placeholder(let placeholder):
                node = step(from: node, by: placeholder.text, into: &result)
            case .file(let placeholder, let suffix):
                let file = placeholder.text + suffix
                let part =
                    isRoom(for: file, after: node, learnsWords: learnsWords) ? file : PathSegment.Placeholder.name.text
                node = step(from: node, by: part, into: &result)
            }
        }
        if result.isEmpty { result = [UInt8(ascii: "/")] }
        if let node, nodes[node].isTemplate { return result }
        guard count < Self.maximumTemplates else { return Self.other }
        insert(result)
        return result
    }

    private func isRoom(for word: ArraySlice<UInt8>, after node: Int?, learnsWords: Bool) -> Bool {
        guard let node else { return learnsWords }
        return nodes[node].children[Part(bytes: word)] != nil || (learnsWords && nodes[node].words < Self.maximumWords)
    }

    private func step(from node: Int?, by part: ArraySlice<UInt8>, into result: inout [UInt8]) -> Int? {
        result += part
        return node.flatMap { nodes[$0].children[Part(bytes: part)] }
    }

    private mutating func insert(_ template: [UInt8]) {
        guard count < Self.maximumTemplates else { return }
        var node = 0
        for part in template.split(separator: UInt8(ascii: "/")) {
            if let child = nodes[node].children[Part(bytes: part)] {
                node = child
                continue
            }
            nodes.append(Node())
            nodes[node].children[Part(bytes: part)] = nodes.count - 1
            if !PathSegment.Placeholder.texts.contains(part) { nodes[node].words += 1 }
            node = nodes.count - 1
        }
        guard !nodes[node].isTemplate else { return }
        nodes[node].isTemplate = true
        count += 1
    }
}

extension UInt8 {
    fileprivate var endsPath: Bool { self == UInt8(ascii: "?") || self == UInt8(ascii: "#") }
}
