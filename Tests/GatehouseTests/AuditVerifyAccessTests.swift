import Store
import Testing

/// Who may verify the audit trail where the tables that say so were changed by hand.
struct AuditVerifyAccessTests {
    private let program: GatehouseProgram

    init() throws {
        program = try GatehouseProgram.withPolicy()
    }

    @Test(arguments: [
        "DELETE FROM operators", "DELETE FROM operator_duties WHERE duty = 'watch'",
        "UPDATE operators SET user_id = 4711",
    ])
    func `whoever the history says may watch finds that operators were changed by hand`(sql: String) throws {
        try TamperedFile(StoreFolder(program.store).policy).change(sql)
        let verified = try program.run("audit", "verify")
        #expect(verified.status == 1, "\(verified.errors)")
        // With nobody left, it is the duties that belong to nobody.
        #expect(
            ["operator/", "damaged: rows of "].contains { verified.output.contains($0) }, "\(verified.output)")
    }

    @Test(.severalOperators) func `whoever the history doesn't know finds nothing`() throws {
        try TamperedFile(StoreFolder(program.store).policy).change("UPDATE operators SET user_id = 4711")
        #expect(try program.acting(asUser: 4712).run("audit", "verify").status == 3)
        #expect(try program.acting(asUser: 4711).run("audit", "verify").status != 0)
    }
}
