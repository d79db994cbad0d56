extension LogFormat {
    /// What it is, with samples; each one stands in the file beside its reader.
    package var description: Description {
        switch self {
        case .kong: .kong
        case .caddy: .caddy
        case .traefikJSON: .traefikJSON
        case .envoyJSON: .envoyJSON
        case .awsJSON: .awsJSON
        case .nginxJSON: .nginxJSON
        case .apacheJSON: .apacheJSON
        case .traefikCLF: .traefikCLF
        case .awsCLF: .awsCLF
        case .nginxIngress: .nginxIngress
        case .vhostCombined: .vhostCombined
        case .combined: .combined
        case .common: .common
        case .nginxProxyManager: .nginxProxyManager
        case .envoy: .envoy
        case .haproxy: .haproxy
        case .zuul: .zuul
        case .mapped: Description(summary: "JSON by a mapping file", layout: "any JSON object a line", samples: [])
        }
    }
}
