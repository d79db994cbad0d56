/// Who does something: an account of the operating system, or Gatehouse itself.
package struct Actor: Hashable, Sendable {
    /// The account's name, for reading; the user id is what counts.
    package let name: String
    /// Nil for Gatehouse itself.
    package let userID: UInt32?

    package init(name: String, userID: UInt32) {
        self.name = name
        self.userID = userID
    }

    /// What ends by the clock, with nobody at the keys.
    package static let system = Actor()

    private init() {
        name = "gatehouse"
        userID = nil
    }
}
