import Domain

/// The way from a row of the effect to its requests.
extension ReviewPage {
    /// Exactly the requests that the replay decided differently.
    func requests(of row: ReplayReport.Row) -> ChosenRequests {
        ChosenRequests(row, isComplete: replay?.isComplete == true)
    }
}
