import ArgumentParser
import Domain
import Store

struct TrafficCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "traffic",
        abstract: "Print access events, newest last.",
        discussion: """
            Prints every event that matches; on a terminal the newest 100, unless a limit or a window is given.

              gatehouse traffic --since 10m --filter 'outcome:unauthenticated,forbidden'
              gatehouse traffic --filter 'ip:203.0.113.0/24 status>=400' --json | jq .path
              gatehouse traffic --since 2026-11-20 --until 2026-11-21 --csv > day.csv
              gatehouse traffic --follow --filter client:acme
            """
    )

    private static let terminalLimit = 100
    private static let followLimit = 10

    @OptionGroup var store: StoreOption
    @OptionGroup var options: WindowOptions

    @Option(help: ArgumentHelp("At most this many, the newest.", valueName: "n"))
    var limit: Int?

    @Flag(help: "One JSON object a line; unknown is null.")
    var json = false

    @Flag(help: "Comma-separated values with a heading; no cell is a formula.")
    var csv = false

    @Flag(help: "Go on with new events as they come, until interrupted.")
    var follow = false

    func validate() throws {
        if json, csv { throw ValidationError("--json and --csv exclude each other") }
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
        if follow, options.until != nil { throw ValidationError("--follow has no end; leave out --until") }
    }

    func run() throws {
        StandardOutput.ignoreBrokenPipe()
        let zone = LocalTimeZone.table()
        let now = SystemClock.now()
        let window = try options.window(now: now, zone: zone)
        let reader = try OpenStore.reader(at: store.path)
        var printer = EventPrinter(form: form, zone: zone, now: now)
        var listing = TrafficListing(reader: reader, window: window, now: now)
        try printer.begin()
        try listing.forEach(newest: limit ?? implicitLimit(window)) { try printer.print($0) }
        try printer.flush()
        guard follow else { return try StoreProblems.check(reader.status()) }
        StoreProblems.report(reader.status())
        try listing.follow { event in
            try printer.print(event)
        } pause: {
            try printer.flush()
        }
    }

    private var form: EventPrinter.Form { json ? .json : csv ? .csv : .text }

    private func implicitLimit(_ window: WindowOptions.Window) -> Int? {
        guard window.since == nil, window.until == nil else { return nil }
        if follow { return Self.followLimit }
        return form == .text && StandardOutput.isTerminal ? Self.terminalLimit : nil
    }
}
