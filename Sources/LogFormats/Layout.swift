import Domain

/// A way of laying out lines, which one reader understands; several formats may share one.
enum Layout {
    /// NCSA's common log format and all that begin like it.
    case commonLog
    case proxyManager
    case envoy
    case haproxy
    case zuul
    case json(LogFormat, JSONTable)

    init(_ format: LogFormat) {
        switch format {
        case .common, .combined, .vhostCombined, .nginxIngress, .traefikCLF, .awsCLF: self = .commonLog
        case .nginxProxyManager: self = .proxyManager
        case .envoy: self = .envoy
        case .haproxy: self = .haproxy
        case .zuul: self = .zuul
        case .kong: self = .json(format, JSONTable.kong)
        case .caddy: self = .json(format, JSONTable.caddy)
        case .traefikJSON: self = .json(format, JSONTable.traefik)
        case .envoyJSON: self = .json(format, JSONTable.envoy)
        case .awsJSON: self = .json(format, JSONTable.aws)
        case .nginxJSON: self = .json(format, JSONTable.nginx)
        case .apacheJSON, .mapped: self = .json(.apacheJSON, JSONTable.apache)
        }
    }

    /// The layouts of lines that begin with a brace, in the order of detection.
    static let objects: [Layout] = [
        Layout(.kong), Layout(.caddy), Layout(.traefikJSON), Layout(.envoyJSON), Layout(.awsJSON), Layout(.nginxJSON),
        Layout(.apacheJSON),
    ]
    /// The layouts of all other lines, in the order of detection.
    static let texts: [Layout] = [.commonLog, .proxyManager, .envoy, .haproxy, .zuul]
}

/// What came of reading a line in one layout.
enum Reading {
    case event(LogFormat)
    case unread(UnreadReason)
}

/// Where a field of an explained line came from.
struct Mark {
    /// The event's index.
    var row: Int
    var name: String
    var range: Range<Int>
}
