import Domain
import Foundation
import Store
import Testing

extension Trait where Self == ConditionTrait {
    /// Only where the tests can be several operators: others aren't believed.
    static var severalOperators: Self {
        .enabled(if: getuid() == 0, "skipped: takes root to be several operators")
    }
}

extension GatehouseProgram {
    /// A program with a store whose operator is who runs the tests.
    static func withPolicy(example: Bool = true) throws -> GatehouseProgram {
        let program = try GatehouseProgram()
        #expect(try program.run("init").status == 0)
        guard example else { return program }
        let example = try program.run("policy", "example").output
        let applied = try program.run("policy", "apply", "-", "--reason", "first policy", input: example)
        try #require(applied.status == 0, "\(applied.errors)")
        return program
    }

    /// The same store as somebody else uses it: through sudo, as the account that owns it.
    func acting(asUser userID: Int) -> GatehouseProgram {
        var program = self
        program.environment["SUDO_UID"] = String(userID)
        return program
    }

    /// The one JSON object that a command prints.
    func object(_ arguments: String..., input: String? = nil) throws -> [String: Any] {
        let result = try runList(arguments, input: input)
        try #require(result.status == 0, "\(arguments): \(result.errors)")
        return try #require(try result.objects().first)
    }
}

extension GatehouseProgram.Result {
    /// The errors on one line each, without what the usage of a command adds.
    var complaint: String { errors.split(separator: "\n").first.map(String.init) ?? "" }
}
