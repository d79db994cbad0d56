import Domain

/// The way from a row of the effect to its requests.
extension ReviewPage {
    /// Exactly the requests that the replay decided differently.
    func requests(of row: ReplayReport.Row) -> ChosenRequests {
        ChosenRequests(row, isComplete: replay?.isComplete == true)
    }

    /// Whose requests they are, and how they would end, in words.
    func account(of row: ReplayReport.Row) -> String {
        let change = row.change
        let who = change.client ?? "without credentials"
        return
            "\(who) \(change.method) \(change.route ?? row.sample.path): \(change.before.code) → \(change.after.code); "
            + "esc goes back to the review"
    }
}
