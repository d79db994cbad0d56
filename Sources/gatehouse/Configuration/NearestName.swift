import Domain

/// The end of an error about an unknown name: the name that was probably meant, or those that are allowed.
enum NearestName {
    static func hint(for text: String, among names: [String]) -> String {
        if let name = EditDistance.nearest(to: text, among: names) { return "; did you mean “\(name)”?" }
        return names.isEmpty ? "" : "; allowed: " + names.joined(separator: ", ")
    }
}
