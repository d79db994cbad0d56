import Domain

/// The route templates that all segments of a writer share, so that a route has one name on every day.
final class RouteNamer {
    private var templates: RouteTemplates

    init(known: [[UInt8]]) {
        templates = RouteTemplates(known: known)
    }

    /// The route of a path; words not met before have no part in it when the answer was 404.
    func route(path: UnsafeRawBufferPointer, learnsWords: Bool) -> [UInt8] {
        templates.template(path: Array(path)[...], learnsWords: learnsWords)
    }
}
