// `gatehouse policy who-can` and `can`: who may call what.

import ArgumentParser
import Domain
import Store
import Terminal

struct PolicyWhoCanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who-can",
        abstract: "List the clients that can call a method on a path, and by which permission.",
        discussion: """
              gatehouse policy who-can POST /v1/payments
              gatehouse policy who-can GET '/users/{id}'
            """)

    @Argument(help: "The method.") var method: String
    @Argument(help: "A path, or a pattern for all of its paths.") var path: String
    @OptionGroup var options: PolicyOptions

    func run() throws {
        guard let method = Method(name: method) else {
            throw ValidationError(
                "there is no method \(SafeText.quoted(method))"
                    + NearestName.hint(for: method, among: Method.allCases.map(\.name)))
        }
        guard let question = PathQuestion(path) else {
            throw ValidationError("\(SafeText.quoted(path)) is neither a path nor a pattern like /users/{id}")
        }
        let store = try PolicyAccess.reading(options.store).store
        let snapshot = try PolicySnapshot(compiling: store.active().policy, zones: ZoneTables.table(named:))
        let callers: Callers
        switch snapshot.callers(of: method, on: question, at: SystemClock.now()) {
        case .success(let found): callers = found
        case .failure(let refusal):
            throw CommandFailure(
                "nobody can: \(refusal.reason.code); "
                    + (refusal.reason == .routeUnknown
                        ? "no route is about that path" : "the path's routes have other methods"))
        }
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            try print(callers, snapshot, json: &printer)
        } else {
            try print(callers, snapshot, text: &printer)
        }
        try printer.finish()
    }

    private func print(_ callers: Callers, _ snapshot: PolicySnapshot, json printer: inout PolicyPrinter) throws {
        let route = snapshot.route(callers.route).name.text
        func write(_ client: String?, _ access: Access) throws {
            let members: [PolicyTree.Member] = [
                .init("client", client.map { .text($0) } ?? PolicyTree(.nothing)), .init("route", .text(route)),
            ]
            try printer.output.writeLine(PolicyTree.map(members + access.members(snapshot)).json)
        }
        if let anonymous = callers.anonymous { try write(nil, anonymous) }
        for (client, access) in callers.clients { try write(snapshot.client(client).name.text, access) }
    }

    private func print(_ callers: Callers, _ snapshot: PolicySnapshot, text printer: inout PolicyPrinter) throws {
        var table = TextTable([.init("client", role: .accent), .init("how")])
        if let anonymous = callers.anonymous { table.add(["(no credentials)", anonymous.text(snapshot)]) }
        for (client, access) in callers.clients {
            table.add([snapshot.client(client).name.text, access.text(snapshot)])
        }
        try printer.line("route \(snapshot.route(callers.route).name)", .title)
        if table.isEmpty { try printer.line("nobody can", .dim) } else { try printer.table(table) }
        if !callers.withoutScope.isEmpty {
            let names = callers.withoutScope.prefix(10).map { snapshot.client($0).name.text }.joined(separator: ", ")
            let more = callers.withoutScope.count > 10 ? " and \(callers.withoutScope.count - 10) more" : ""
            try printer.line("by their roles too, but without the route's scopes: \(names)\(more)", .dim)
        }
    }
}

struct PolicyCanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "can", abstract: "List what a client can call, and by which permission.")

    @Argument(help: "The client's name.") var client: String
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let policy = try store.active().policy
        let snapshot = try PolicySnapshot(compiling: policy, zones: ZoneTables.table(named:))
        guard let index = snapshot.client(named: client) else {
            throw CommandFailure(
                "there is no client \(SafeText.quoted(client))"
                    + NearestName.nearestHint(for: client, among: policy.clients.map(\.name.text)))
        }
        let calls = snapshot.callable(by: index)
        var printer = PolicyPrinter(json: options.json)
        var table = TextTable([.init("route", role: .accent), .init("method"), .init("path"), .init("how")])
        for call in calls {
            let route = snapshot.route(call.route)
            if options.json {
                let members: [PolicyTree.Member] = [
                    .init("route", .text(route.name.text)), .init("method", .text(call.method.name)),
                    .init("path", .text(route.pattern.text)), .init("allowed", .flag(call.missingScopes.isEmpty)),
                    .init("missing_scopes", .words(call.missingScopes.map(\.text))),
                ]
                try printer.output.writeLine(PolicyTree.map(members + call.access.members(snapshot)).json)
            } else {
                let missing = call.missingScopes.map(\.text).joined(separator: ", ")
                table.add([
                    route.name.text, call.method.name, route.pattern.text,
                    missing.isEmpty ? call.access.text(snapshot) : "not without scope \(missing)",
                ])
            }
        }
        if !options.json {
            let client = snapshot.client(index)
            if client.status == .suspended {
                try printer.line("\(client.name) is suspended: nothing is allowed now", .caution)
            }
            if table.isEmpty {
                try printer.line("\(client.name) can call nothing", .dim)
            } else {
                try printer.table(table)
            }
        }
        try printer.finish()
    }
}
