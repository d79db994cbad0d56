package import Domain

/// Why the policy store didn't do what it was asked, in words that say what still works and what to do.
package enum PolicyStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no policy in the store's folder yet.
    case notInitialised(path: String)
    case alreadyInitialised(path: String)
    /// Locked, full, read-only, damaged, newer: what the file or its system refuses.
    case storage(StoreError)
    /// Another file lies under the store's name, and doesn't go on from where this one was; in words.
    case replaced(path: String, String)
    /// Who asked isn't an operator with the duty.
    case dutyMissing(Duty, actor: Actor, isOperator: Bool)
    /// A change of the operator who asks for it.
    case ownDuties(ItemKey)
    /// Nobody would be left who can edit the policy.
    case lastEditor
    /// Somebody else has to approve or review it.
    case ownChange(version: Int)
    /// Break-glass changes neither operators nor what takes a second one, nor how long it lasts.
    case notByBreakGlass(ItemKey)
    /// A change by break-glass could not be taken back any more: what of it, and when it ends.
    case pinsBreakGlass(version: Int, expires: Timestamp, [ItemKey])
    /// What was to be changed was changed by others meanwhile, in another way.
    case conflict([PolicyConflict], active: Int)
    /// What comes out can't be a policy.
    case invalid([PolicyProblem])
    case badReason(String)
    case noVersion(Int)
    /// The version is in a state in which that can't be done; in words.
    case notPossible(version: Int, String)
    /// It would change nothing.
    case nothingToDo

    /// What kind of failure it is, which gives the exit code.
    package enum Category: Sendable {
        case failed
        /// By the duties of operators, or by the rules of the policy.
        case refused
        case conflict
    }

    package var category: Category {
        switch self {
        case .notInitialised, .alreadyInitialised, .storage, .replaced, .noVersion, .badReason, .notPossible,
            .nothingToDo:
            .failed
        case .dutyMissing, .ownDuties, .lastEditor, .ownChange, .notByBreakGlass, .pinsBreakGlass, .invalid: .refused
        case .conflict: .conflict
        }
    }

    /// Whether who asked may not: the audit trail has a record of it.
    var isOverreach: Bool {
        switch self {
        case .dutyMissing, .ownDuties, .lastEditor, .ownChange, .notByBreakGlass: true
        case .notInitialised, .alreadyInitialised, .storage, .replaced, .pinsBreakGlass, .conflict, .invalid,
            .badReason, .noVersion,
            .notPossible, .nothingToDo:
            false
        }
    }

    package var message: String {
        switch self {
        case .notInitialised(let path): "\(path) holds no policy"
        case .alreadyInitialised(let path): "\(path) holds a policy already"
        case .storage(let error): error.message
        case .replaced(let path, let problem): "\(path) was replaced: \(problem)"
        case .dutyMissing(let duty, let actor, isOperator: true):
            "\(actor.name) doesn't have the duty \(duty.name)"
        case .dutyMissing(let duty, let actor, isOperator: false):
            "\(actor.name) is no operator, so can't do what takes the duty \(duty.name)"
        case .ownDuties(let key): "nobody changes their own entry (\(key))"
        case .lastEditor: "nobody would be left who can edit the policy"
        case .ownChange(let version): "version \(version) is your own, and takes a second operator"
        case .notByBreakGlass(.settings):
            "break-glass can't change which changes take a second operator (approvals), nor how long it lasts (break_glass)"
        case .notByBreakGlass(let key): "break-glass can't change operators (\(key))"
        case .pinsBreakGlass(let version, let expires, let items):
            "break-glass version \(version) could not be taken back any more when it ends, at \(RFC3339.text(expires)): "
                + "this change stands on what it did to "
                + items.prefix(5).map(\.description).joined(separator: ", ")
                + (items.count > 5 ? " and \(items.count - 5) more" : "")
        case .conflict(let conflicts, let active):
            "others changed the same since, up to version \(active): "
                + PolicyConflict.text(of: conflicts)
        case .invalid(let problems): problems.map(\.description).joined(separator: "\n")
        case .badReason(let problem): "the reason \(problem)"
        case .noVersion(let number): "there is no version \(number)"
        case .notPossible(let version, let problem): "version \(version) \(problem)"
        case .nothingToDo: "nothing would change"
        }
    }

    /// What still works meanwhile, and what to do.
    package var advice: String {
        switch self {
        case .notInitialised: "Run 'gatehouse init' to begin one."
        case .alreadyInitialised: "Nothing was changed. Use it, or name another folder with --store."
        case .storage(let error): Self.advice(for: error.problem)
        case .replaced:
            "Nothing is shown or decided by it. Find out who did that; if it was meant, start this program again."
        case .dutyMissing(.watch, _, isOperator: true):
            "Nothing was shown. Ask an operator with edit to give you the duty."
        case .dutyMissing(.watch, _, isOperator: false): "Nothing was shown. Ask an operator with edit to add you."
        case .dutyMissing(_, _, isOperator: true):
            "Nothing was changed. Ask an operator with edit to give you the duty."
        case .dutyMissing(_, _, isOperator: false): "Nothing was changed. Ask an operator with edit to add you."
        case .ownDuties: "Nothing was changed. Ask another operator with edit."
        case .lastEditor: "Nothing was changed. Give another operator the duty edit first."
        case .ownChange: "Nothing was changed. Ask another operator with approve."
        case .notByBreakGlass:
            "Nothing was changed. Leave that out here, and make it an ordinary change, which a second operator approves."
        case .pinsBreakGlass(let version, _, _):
            "Nothing was changed. Wait until then, take it back now with 'gatehouse policy undo \(version)', or have "
                + "another operator let it stay with 'gatehouse policy break-glass review \(version) --keep'."
        case .conflict: "Nothing was changed. Look at what they did, and make the change again on top."
        case .invalid: "Nothing was changed."
        case .badReason: "Say in a line why you do this."
        case .noVersion: "Run 'gatehouse policy history' for those that there are."
        case .notPossible: "Nothing was changed. Run 'gatehouse policy history' for the states of versions."
        case .nothingToDo: "The policy is so already."
        }
    }

    private static func advice(for problem: StoreError.Problem) -> String {
        switch problem {
        case .missing: "Restore it from a copy, or run 'gatehouse init' to begin anew."
        case .locked: "Nothing was changed, and reading still works. Try again, or end what holds it."
        case .full: "Nothing was changed, and reading still works. Free some space."
        case .corrupt:
            "Lists and the history still show what can be read. Run 'gatehouse audit verify', which says what is damaged, and "
                + "restore the file from a copy."
        case .newerSchema: "Nothing was changed. Install the newer program."
        case .permission: "Run as the store's owner; the folder is for its owner alone (mode 0700)."
        case .readOnly: "Nothing was changed, and reading still works. Make the folder and its files writable."
        case .inputOutput: "Nothing was changed. Check the disk and the system's log."
        case .other: "Nothing was changed. Run 'gatehouse doctor' for more."
        }
    }

    package var description: String { "\(message). \(advice)" }
}
