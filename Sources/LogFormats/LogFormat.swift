package import Domain

/// A log format that Gatehouse reads by itself; the raw value is its name on the command line.
///
/// The order is the order of detection: what tells more about itself comes first.
package enum LogFormat: String, CaseIterable, Sendable {
    case kong
    case caddy
    case traefikJSON = "traefik-json"
    case envoyJSON = "envoy-json"
    case awsJSON = "aws-json"
    case nginxJSON = "nginx-json"
    case apacheJSON = "apache-json"
    case traefikCLF = "traefik-clf"
    case awsCLF = "aws-clf"
    case nginxIngress = "nginx-ingress"
    case vhostCombined = "vhost-combined"
    case combined
    case common
    case nginxProxyManager = "nginx-proxy-manager"
    case envoy
    case haproxy
    case zuul
    case mapped

    package var name: String { rawValue }

    /// What a person needs to know to choose a format.
    package struct Description: Sendable {
        /// What writes it, in a few words.
        package var summary: String
        /// How its lines are laid out.
        package var layout: String
        /// Real lines, with the event that each one is.
        package var samples: [Sample]
    }

    /// A line and the event that it is read as, with time zone UTC for a time without one.
    package struct Sample: Sendable {
        package var line: String
        package var event: AccessEvent

        package init(_ line: String, _ event: AccessEvent) {
            self.line = line
            self.event = event
        }
    }
}
