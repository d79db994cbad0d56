extension Operator {
    package static let fields: [ItemField<Operator>] = [
        ItemField("user_id", "the number that `id -u` prints", "the account of the operating system", isRequired: true)
        {
            .integer(Int($0.userID))
        },
        ItemField(
            "duties", TreeForm.some(of: Duty.allCases.map(\.name)), "what the person may do", isRequired: true
        ) {
            .words($0.duties.sorted().map(\.name))
        },
        ItemField("note", TreeForm.text, "what else to know") { .filled($0.note) },
    ]

    init?(_ name: Name<Operator>, reading reader: inout TreeReader) {
        let number = reader.integer("user_id")
        let duties = reader.words("duties", among: Duty.allCases.map { ($0.name, $0) })
        let note = reader.text("note") ?? ""
        guard let number, let duties else { return nil }
        // The largest stands for “no user” in setreuid(2).
        guard let userID = UInt32(exactly: number), userID < .max else {
            reader.report(on: "user_id", "\(number) is no user id")
            return nil
        }
        self.init(name: name, userID: userID, duties: duties, note: note)
    }
}
