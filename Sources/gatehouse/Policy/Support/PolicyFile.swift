// A policy in YAML: bytes to a tree that remembers its lines, with what YAML could do beyond that refused.

import Domain
import Yams

/// A file of a policy, or of a part of one.
struct PolicyFile {
    /// Some hundred thousand clients fit; whoever needs more has other ways.
    static let sizeLimit = 100_000_000
    private static let mostLevels = 32

    /// As messages call it.
    let name: String
    let tree: PolicyTree

    /// Reads a file, or standard input for `-`; throws `FileProblem`.
    init(path: String) throws(FileProblem) {
        let name = path == "-" ? "standard input" : path
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path, limit: Self.sizeLimit + 1)
        } catch {
            throw FileProblem(file: name, message: "can't be read: \(error)")
        }
        try self.init(name: name, bytes: bytes)
    }

    init(name: String, bytes: [UInt8]) throws(FileProblem) {
        self.name = name
        guard bytes.count <= Self.sizeLimit else {
            throw FileProblem(file: name, message: "is larger than \(Self.sizeLimit / 1_000_000) MB")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileProblem(file: name, message: "is not UTF-8 text")
        }
        if let place = YAMLGuard.alias(in: bytes) {
            throw FileProblem(
                file: name, line: place.line, column: place.column, message: YAMLGuard.aliasMessage)
        }
        if let place = YAMLGuard.depth(in: bytes, limit: Self.mostLevels) {
            throw FileProblem(
                file: name, line: place.line, column: place.column,
                message: "is nested more than \(Self.mostLevels) levels deep")
        }
        do {
            // The anchors of nodes live as long as their parser.
            let parser = try Parser(yaml: text)
            tree = try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else { return PolicyTree(.map([])) }
                return try Self.tree(root, file: name, level: 0)
            }
        } catch let problem as FileProblem {
            throw problem
        } catch {
            throw Self.explained(YAMLFile.problem(of: error, file: name))
        }
    }

    /// What a reader of trees found, with the file's name.
    func problems(_ found: TreeProblems) -> FileProblems {
        FileProblems(
            problems: found.problems.map { problem in
                FileProblem(
                    file: name, line: problem.place?.line, column: problem.place?.column, field: problem.field,
                    message: problem.message)
            })
    }

    // MARK: - Nodes

    private static func tree(_ node: Node, file: String, level: Int) throws -> PolicyTree {
        let place = node.mark.map { PolicyTree.Place(line: $0.line, column: $0.column) }
        func problem(_ message: String) -> FileProblem {
            FileProblem(file: file, line: place?.line, column: place?.column, message: message)
        }
        guard level <= mostLevels else { throw problem("is nested more than \(mostLevels) levels deep") }
        guard node.anchor == nil else { throw problem(YAMLGuard.aliasMessage) }
        guard knownTags.contains("\(node.tag)") else {
            throw problem("has the tag “\(SafeText.cut("\(node.tag)"))”; policies have no tags, take it out")
        }
        switch node {
        case .alias: throw problem(YAMLGuard.aliasMessage)
        case .scalar(let scalar): return PolicyTree(content(of: scalar), place: place)
        case .sequence(let sequence):
            return PolicyTree(
                .list(try sequence.map { try tree($0, file: file, level: level + 1) }), place: place)
        case .mapping(let mapping):
            let members = try mapping.map { key, value in
                let name = try tree(key, file: file, level: level + 1)
                guard case .scalar(let scalar) = key else {
                    throw FileProblem(
                        file: file, line: key.mark?.line, column: key.mark?.column,
                        message: "a name must be a plain text")
                }
                return PolicyTree.Member(
                    scalar.string, try tree(value, file: file, level: level + 1), place: name.place)
            }
            return PolicyTree(.map(members), place: place)
        }
    }

    /// What plain and quoted values of YAML's core schema have.
    private static let knownTags = Set(
        ["str", "int", "float", "bool", "null", "timestamp", "value", "merge", "seq", "map"]
            .map { "tag:yaml.org,2002:" + $0 })

    /// Only the one spelling of a whole number, true, false and nothing is more than text.
    private static func content(of scalar: Node.Scalar) -> PolicyTree.Content {
        guard scalar.style == .plain else { return .text(scalar.string) }
        switch scalar.string {
        case "": return .nothing
        case "~", "null": return .nothing
        case "true": return .flag(true)
        case "false": return .flag(false)
        default: break
        }
        if let number = Int(scalar.string), String(number) == scalar.string { return .integer(number) }
        return .text(scalar.string)
    }

    private static func explained(_ problem: FileProblem) -> FileProblem {
        var problem = problem
        if problem.message.contains("alias") { problem.message += "; a * at the beginning needs quotes: \"*\"" }
        if problem.message.contains("nesting level") {
            problem.message = "is nested more than \(mostLevels) levels deep"
        }
        if problem.message.contains("single document") {
            problem.message = "holds a second document; a policy is one, without ---"
        }
        return problem
    }
}
