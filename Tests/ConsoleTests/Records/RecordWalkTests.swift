import Console
import Domain
import Terminal
import Testing

struct RecordWalkTests {
    private static let screens: [ScreenName] = [.tokens, .audit, .history, .drafts]

    private static func answer(_ question: Question) -> Answer? {
        switch question {
        case .policy(.audit):
            .policy(
                .audit(
                    (1...40).reversed().map { number in
                        AuditRecord(
                            sequence: number,
                            entry: AuditRecord.Entry(
                                time: SampleRecords.now, actor: SampleRecords.ann, action: "policy.apply",
                                outcome: .done, target: "version/\(number)", reason: "because", version: number),
                            previous: [], hash: [])
                    }))
        case .policy(.versions): .policy(.versions((1...9).reversed().map { SampleRecords.version($0) }))
        case .policy(.edits), .policy(.difference): (try? SampleRecords.edits()).map { .policy(.edits($0)) }
        case .policy(.verification): .policy(.verification(AuditReport()))
        default: SampleRecords.answer(to: question)
        }
    }

    private static func walk(seed: Int, isReadOnly: Bool) throws -> ConsoleTester {
        var random = SeededGenerator(seed: UInt64(seed))
        let alarm = BreakGlass(
            version: SampleRecords.version(7, .breakGlass, author: SampleRecords.ben),
            expires: SampleRecords.now.advanced(by: 60_000_000), ending: nil, revertedBy: nil, review: nil)
        let draft = SampleRecords.version(8, .draft, state: .draft, author: SampleRecords.ben)
        let state = try SampleRecords.state(drafts: [draft], emergencies: [alarm])
        var tester = try ConsoleTester.onRecords(
            screens[seed % screens.count], state, answers: { answer($0) }, configure: { $0.isReadOnly = isReadOnly })
        let keys =
            ConsoleApp.keyReference.flatMap(\.entries).flatMap(\.keys).map(\.name).filter {
                $0 != "q" && $0 != "ctrl-c"
            }
            + ["8", "0", "H", "D", "tab", "enter", "esc", "a", "x", "down"]
        for step in 0..<1500 {
            switch Int.random(in: 0..<40, using: &random) {
            case 0: tester.resize(Int.random(in: 0...160, using: &random), Int.random(in: 0...50, using: &random))
            case 1: tester.wait(seconds: 3)
            case 2: tester.paste("state:revoked \u{202E}\n")
            case 3: tester.receive(.policy(.ready(try SampleRecords.state(drafts: step % 2 == 0 ? [draft] : []))))
            default: tester.press(keys.randomElement(using: &random) ?? "j")
            }
            if step % 10 == 0 { _ = tester.frame }
        }
        return tester
    }

    @Test(arguments: 0..<8)
    func `random keys on these screens never bring the console down, nor change a thing read-only`(seed: Int) throws {
        #expect(try Self.walk(seed: seed, isReadOnly: true).action == nil)
    }

    @Test(arguments: 0..<8)
    func `whatever random keys change has a reason`(seed: Int) throws {
        let tester = try Self.walk(seed: seed, isReadOnly: false)
        for case .act(let action) in tester.effects {
            #expect(action.reason.contains { $0 != " " })
        }
    }
}

extension PolicyAction {
    fileprivate var reason: String {
        switch self {
        case .change(let proposal): proposal.reason
        case .undo(_, let reason), .restore(_, let reason), .approve(_, let reason), .reject(_, let reason),
            .review(_, _, let reason), .revoke(_, let reason):
            reason
        }
    }
}
