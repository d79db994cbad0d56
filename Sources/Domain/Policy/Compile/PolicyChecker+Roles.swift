extension PolicyChecker {
    mutating func checkRoles(_ zones: (String) -> TimeZoneTable?) {
        for role in lists.roles {
            let item = ItemKey(role.name)
            text(role.note, item, "note")
            references(role.parents, item, "parents") { [numbers] in numbers.roles[$0] != nil }
            for (index, permission) in role.permissions.enumerated() {
                check(permission, item, "permissions[\(index)]", zones)
            }
        }
    }

    private mutating func check(
        _ permission: Permission, _ item: ItemKey, _ field: String, _ zones: (String) -> TimeZoneTable?
    ) {
        if permission.methods.isEmpty {
            report(item, "\(field).\(permission.effect.name)", "names no method", "name one, or all")
        }
        for (index, condition) in permission.conditions.enumerated() {
            check(condition, of: permission, item, "\(field).conditions[\(index)]", zones)
        }
    }

    private mutating func check(
        _ condition: Condition, of permission: Permission, _ item: ItemKey, _ field: String,
        _ zones: (String) -> TimeZoneTable?
    ) {
        switch condition {
        case .network(let networks):
            if networks.isEmpty {
                report(item, "\(field).networks", "names no network", "name one, as in 10.0.0.0/8")
            }
        case .time(let window): check(window, item, "\(field).time", zones)
        case .owner(let variable, let claim):
            if !permission.pattern.variables.contains(variable) {
                let known = permission.pattern.variables.map { "{\($0)}" }.joined(separator: ", ")
                let shown = quoted(variable)
                report(
                    item, "\(field).owner.variable", "\(permission.pattern) has no variable \(shown)",
                    known.isEmpty ? "give the path a variable, as in /users/{id}" : "name one of \(known)")
            }
            if claim.isEmpty { report(item, "\(field).owner.claim", "is empty", "name a claim, as in sub") }
            text(claim, item, "\(field).owner.claim")
        case .classification, .mutualTLS: break
        case .authenticationLevel(let level):
            if !lists.settings.authenticationLevels.contains(level) {
                report(
                    item, "\(field).acr", "\(quoted(level)) is no level that is known",
                    "list it in the settings' authentication_levels")
            }
        case .tokenAge(let seconds):
            self.seconds(seconds, within: 1...315_360_000, item, "\(field).token_age")
        case .header(let name, let value):
            if !isHeaderName(name) {
                report(
                    item, "\(field).header.name", "\(quoted(name)) is no header name in lower case",
                    "write it like x-region")
            }
            text(value, item, "\(field).header.value")
        }
    }

    private mutating func check(
        _ window: WeeklyWindow, _ item: ItemKey, _ field: String, _ zones: (String) -> TimeZoneTable?
    ) {
        if !(0...1439).contains(window.start) {
            report(item, "\(field).from", "is no time of day", "give 00:00 to 23:59")
        }
        if !(1...1440).contains(window.end) {
            report(item, "\(field).to", "is no time of day", "give 00:01 to 24:00")
        }
        if window.start == window.end, window.end > 0 {
            report(
                item, "\(field).to", "is when it begins, so that it would never be over",
                "give another time, or 00:00 to 24:00")
        }
        if window.days.isEmpty { report(item, "\(field).days", "names no day", "name one, or leave it out for all") }
        zone(window.zone, item, "\(field).zone", zones)
    }

    /// `token` of RFC 9110, section 5.6.2, in lower case.
    private func isHeaderName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// Roles that are their own ancestors; each circle is named once, from its first role by name.
    mutating func checkCycles() {
        enum Mark { case new, open, done }
        var marks = [Mark](repeating: .new, count: lists.roles.count)
        for root in lists.roles.indices where marks[root] == .new {
            // With a stack of our own, because the depth is the author's choice.
            var path: [(role: Int, next: Int)] = [(root, 0)]
            marks[root] = .open
            while let (role, next) = path.last {
                guard next < lists.roles[role].parents.count else {
                    marks[role] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                guard let number = numbers.roles[lists.roles[role].parents[next].text] else { continue }
                let parent = Int(number)
                switch marks[parent] {
                case .new:
                    marks[parent] = .open
                    path.append((parent, 0))
                case .open:
                    let start = path.firstIndex { $0.role == parent } ?? 0
                    reportCycle(path[start...].map(\.role))
                case .done: continue
                }
            }
        }
    }

    private mutating func reportCycle(_ roles: [Int]) {
        let first = roles.indices.min { roles[$0] < roles[$1] } ?? 0
        var names = (roles[first...] + roles[..<first]).map { lists.roles[$0].name.text }
        let item = ItemKey(lists.roles[roles[first]].name)
        if names.count > 8 { names = names.prefix(7) + ["…"] }
        let circle = (names + [item.name]).joined(separator: " → ")
        report(item, "parents", "is its own ancestor: \(circle)", "take one of these parents out")
    }
}
