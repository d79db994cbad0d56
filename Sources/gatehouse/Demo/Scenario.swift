// What the simulated traffic is made of, as values: who calls, what there is to call, and what goes wrong.

/// The cast and the stage of a demo.
struct Scenario: Sendable {
    let routes: [Route]
    let clients: [Client]
    /// Client names that the credential stuffing tries.
    let guesses: [String]
    /// Paths that scanners ask for, with the answer and the reason that they get.
    let probes: [Probe]

    /// Something that can be called.
    struct Route: Sendable {
        let method: String
        /// `{…}` parts are filled in with ids.
        let template: String
        /// Microseconds that half the answers stay below.
        let latency: Double
        /// Of the latency's logarithm.
        let spread: Double
        /// Bytes of half the answers.
        let bytes: Double
        let query: [String]

        var name: String { "\(method) \(template)" }
    }

    /// Who calls.
    struct Client: Sendable {
        let name: String
        /// Its part of all everyday requests.
        let weight: Double
        let network: AddressPool
        let agents: [String]
        /// How many people or devices use it; 0 for a service that acts for itself.
        let subjects: Int
        let referrer: String?
        /// What it calls: routes by name.
        let habits: Weighted<Route>
        /// What now and then goes wrong for it, each with its probability for one request.
        let mishaps: [Mishap]
    }

    /// An everyday refusal or failure.
    struct Mishap: Sendable {
        let probability: Double
        let status: UInt16
        let reason: String?
        /// The route that it happens on; nil for any.
        let route: String?

        /// Whether it is for asking for what somebody else owns.
        var isAboutOthers: Bool { reason == "condition_failed:owner" }
    }

    struct Probe: Sendable {
        let method: String
        let path: String
        let status: UInt16
        let reason: String?
    }

    /// Where a client's requests come from. All are networks that are set aside and belong to nobody.
    enum AddressPool: Sendable {
        /// 10.0.0.0/8 (RFC 1918): so many hosts of an inner network.
        case inside(subnet: Int, hosts: Int)
        /// 100.64.0.0/10 (RFC 6598) and 2001:db8::/32 (RFC 3849): people at home and on the move.
        case people
        /// 2001:db8:40::/48: things.
        case things
        /// A few fixed addresses.
        case fixed([String])
    }
}

extension Scenario.AddressPool {
    /// The address of one subject, always the same; services pick one of their hosts.
    func address(subject: Int, _ random: inout DemoRandom) -> String {
        switch self {
        case .inside(let subnet, let hosts):
            return "10.\(subnet).0.\(10 + random.index(below: hosts))"
        case .people:
            // Every third has IPv6; the multipliers only scatter the numbers.
            if subject % 3 == 0 {
                return
                    "2001:db8:\(hex(subject &* 7919 % 4096)):\(hex(subject &* 31 % 65_521))::\(hex(subject % 253 + 2))"
            }
            let number = subject &* 40_503 % 4_194_304
            return "100.\(64 + number >> 16).\(number >> 8 & 255).\(number & 255)"
        case .things:
            return "2001:db8:40:\(hex(subject % 16 + 1))::\(hex(subject + 0x100))"
        case .fixed(let addresses):
            return random.element(of: addresses) ?? "192.0.2.1"
        }
    }

    private func hex(_ number: Int) -> String { String(number, radix: 16) }
}
