import Domain

/// A log that is followed by its name: the file that has the name now, and those that had it.
final class FollowedLog {
    /// Files that lost the name and are still watched, for writers that were slow to let go of them.
    static let mostRetired = 16

    let path: String
    var current: FollowedFile?
    var retired: [FollowedFile] = []
    /// Whether people were told that the file doesn't exist.
    var isAwaited = false
    /// What was wrong at the last look, which people were told; nil when nothing was.
    var trouble: String?
    /// When the last look at it began; nil before the first.
    var lastLook: Timestamp?

    init(path: String) {
        self.path = path
    }

    var files: [FollowedFile] { retired + (current.map { [$0] } ?? []) }

    var folder: String {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        return end == path.startIndex ? "/" : String(path[..<end])
    }
}
