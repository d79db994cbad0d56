import Domain

/// The route templates that all segments of a writer share, so that a route has one name on every day.
final class RouteNamer {
    private var templates: RouteTemplates

    init(known: [[UInt8]]) {
        templates = RouteTemplates(known: known)
    }

    func route(path: UnsafeRawBufferPointer) -> [UInt8] {
        templates.template(path: Array(path)[...])
    }
}
