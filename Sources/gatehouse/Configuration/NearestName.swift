import Domain

/// The end of an error about an unknown name: the name that was probably meant, or those that are allowed.
enum NearestName {
    /// Only the name that was probably meant, where there are too many to list.
    static func nearestHint(for text: String, among names: [String]) -> String {
        EditDistance.nearest(to: text, among: names).map { "; did you mean “\($0)”?" } ?? ""
    }

    static func hint(for text: String, among names: [String]) -> String {
        if let name = EditDistance.nearest(to: text, among: names) { return "; did you mean “\(name)”?" }
        return names.isEmpty ? "" : "; allowed: " + names.joined(separator: ", ")
    }
}
