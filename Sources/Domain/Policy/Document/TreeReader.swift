/// Reads a tree field by field, and notes everything that is wrong in it with its field and place.
///
/// What can't be read comes back as nil, so that reading goes on and finds the rest; whoever asked for the whole looks
/// at `problems` in the end.
package struct TreeReader {
    private enum Step {
        case field(String)
        case index(Int)
    }

    package private(set) var problems: [TreeProblem] = []
    private var steps: [Step] = []
    /// The members of the map that is being read, and where it begins.
    private var members: [PolicyTree.Member] = []
    private var place: PolicyTree.Place?

    package init() {}

    /// Problems beyond these would not be read by anyone.
    private static let mostProblems = 1000

    package mutating func report(_ message: String, at place: PolicyTree.Place?) {
        guard problems.count < Self.mostProblems else { return }
        problems.append(TreeProblem(field: path, place: place, message: message))
    }

    /// What a reader sees first comes first.
    package mutating func sortProblems() {
        let order = problems.enumerated().sorted { left, right in
            let (first, second) = (left.element.place, right.element.place)
            return (first?.line ?? 0, first?.column ?? 0, left.offset)
                < (second?.line ?? 0, second?.column ?? 0, right.offset)
        }
        problems = order.map(\.element)
    }

    private var path: String {
        var path = ""
        for step in steps {
            switch step {
            case .field(let name): path += (path.isEmpty ? "" : ".") + SafeText.cut(name)
            case .index(let index): path += "[\(index)]"
            }
        }
        return path
    }

    // MARK: - Going down

    /// Goes into a field of that name for the time of `body`.
    package mutating func inside<Value>(_ name: String, _ body: (inout TreeReader) -> Value) -> Value {
        steps.append(.field(name))
        defer { steps.removeLast() }
        return body(&self)
    }

    /// Reads a map's members; nil and a problem when the tree is no map.
    ///
    /// Members that aren't among the known names, or stand there twice, are problems.
    package mutating func fields<Value>(
        of tree: PolicyTree, known: [String], _ body: (inout TreeReader) -> Value?
    ) -> Value? {
        guard let given = given(in: tree, known: known) else { return nil }
        let outer = (members, place)
        (members, place) = (given, tree.place)
        defer { (members, place) = outer }
        return body(&self)
    }

    /// The members of a map, whatever is wrong with them; nil when the tree is no map.
    ///
    /// Kept apart from what is generic: as a part of each of its specializations it takes the optimizer a minute.
    @inline(never)
    private mutating func given(in tree: PolicyTree, known: [String]) -> [PolicyTree.Member]? {
        let given: [PolicyTree.Member]
        switch tree.content {
        case .map(let members): given = members
        case .nothing: given = []
        case .list, .text, .integer, .flag:
            report("must hold “field: value” lines; fields: " + known.joined(separator: ", "), at: tree.place)
            return nil
        }
        for (index, member) in given.enumerated() {
            if !known.contains(member.name) {
                inside(member.name) {
                    $0.report("there is no such field" + Self.hint(member.name, among: known), at: member.place)
                }
            } else if given[..<index].contains(where: { $0.name == member.name }) {
                inside(member.name) { $0.report("is given twice", at: member.place) }
            }
        }
        return given
    }

    package func has(_ name: String) -> Bool { member(name) != nil }

    func member(_ name: String) -> PolicyTree.Member? { members.first { $0.name == name } }

    /// Reads one field of the map with `convert`; nil when it isn't given.
    package mutating func field<Value>(
        _ name: String, _ convert: (PolicyTree, inout TreeReader) -> Value?
    ) -> Value? {
        guard let member = member(name) else { return nil }
        let tree = PolicyTree(member.value.content, place: member.value.place ?? member.place)
        return inside(name) { reader in
            if case .nothing = tree.content {
                reader.report("has no value; give one, or leave the field out", at: tree.place)
                return nil
            }
            return convert(tree, &reader)
        }
    }

    /// Reads a field that is a list, or one value that stands for a list of one; nil when it isn't given.
    package mutating func elements<Value: Equatable>(
        _ name: String, unique: Bool = true, _ convert: (PolicyTree, inout TreeReader) -> Value?
    ) -> [Value]? {
        field(name) { tree, reader in
            guard case .list(let elements) = tree.content else { return convert(tree, &reader).map { [$0] } }
            var values: [Value] = []
            for (index, element) in elements.enumerated() {
                reader.steps.append(.index(index))
                defer { reader.steps.removeLast() }
                let element = PolicyTree(element.content, place: element.place ?? tree.place)
                guard let value = convert(element, &reader) else { continue }
                if unique, values.contains(value) {
                    reader.report("stands here twice; take one out", at: element.place)
                } else {
                    values.append(value)
                }
            }
            return values
        }
    }

    /// Notes that a field is missing from the map.
    package mutating func reportMissing(_ name: String, _ form: String) {
        guard !has(name) else { return }
        inside(name) { $0.report("is missing; give \(form)", at: $0.place) }
    }

    /// Notes a problem with a field that is there.
    package mutating func report(on name: String, _ message: String) {
        let place = member(name).flatMap { $0.value.place ?? $0.place }
        inside(name) { $0.report(message, at: place) }
    }

    /// Notes a problem with the map as a whole.
    package mutating func reportHere(_ message: String) { report(message, at: place) }

    /// The end of a message about an unknown name: the one that was probably meant, or those that there are.
    package static func hint(_ name: String, among names: [String]) -> String {
        if let nearest = EditDistance.nearest(to: name, among: names) { return "; did you mean “\(nearest)”?" }
        return names.isEmpty ? "" : "; there are: " + names.joined(separator: ", ")
    }
}
