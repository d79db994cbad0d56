// How fast the console shows and searches a policy with 100,000 clients, without a terminal.

import Console
import Domain
import Foundation
import Terminal

extension Benchmark {
    /// Opening Clients, typing in its filter, moving, and typing in a form's picker, each with the frame that follows.
    static let screens = Benchmark(
        name: "screens", what: "console on 100 000 clients: a screen opened; a key in its filter",
        bar: "≤ 100 ms; ≤ 33 ms", aim: "≤ 33 ms; ≤ 16 ms"
    ) { bench in
        let policy = try LargePolicy(clients: bench.sizes.clients).policy
        let snapshot = try PolicySnapshot(compiling: policy, zones: { _ in .utc })
        let actor = Actor(name: "maria", userID: 1)
        let version = PolicyVersion(
            number: 1, parent: nil, origin: .first, state: .active, content: [], edits: [], author: actor,
            approver: nil, reason: "", created: LargePolicy.now, dangers: [])
        let state = PolicyState(version: version, snapshot: snapshot, actor: actor, duties: Set(Duty.allCases))
        var settings = ConsoleSettings(theme: "mono", themes: [("mono", "")], zone: .utc, storePath: "")
        settings.screen = .overview
        var opened: [Duration] = []
        var typed: [Duration] = []
        for _ in 0..<3 * bench.sizes.rounds {
            var app = ConsoleApp(settings: settings, now: LargePolicy.now)
            _ = app.start(size: Size(width: 120, height: 36), glyphs: .unicode)
            _ = app.receive(.policy(.ready(state)))
            func timed(_ key: Key) -> Duration {
                ContinuousClock().measure {
                    _ = app.press(key)
                    precondition(app.frame().size.width == 120, "a frame was drawn")
                }
            }
            opened.append(timed("3"))
            _ = timed("/")
            for key: Key in ["c", "l", "i", "e", "n", "t", "9", "9"] { typed.append(timed(key)) }
        }
        typed.sort()
        return Result(
            ours:
                "\(Figures.milliseconds(opened.max() ?? .zero)); \(Figures.milliseconds(typed.last ?? .zero)) at worst")
    }
}
