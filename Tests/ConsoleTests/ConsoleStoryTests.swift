import Console
import Domain
import Terminal
import Testing

struct ConsoleStoryTests {
    @Test func `a filter that can't be read says where and what was meant, and is not applied`() {
        var tester = ConsoleTester()
        tester.press("/")
        tester.type("statsu:401")
        tester.press("enter")
        #expect(tester.text.contains("did you mean status"))
        tester.press("esc")
        #expect(tester.row(2).contains("no filter"))
    }

    @Test func `Tab completes fields and values that the store knows`() {
        var tester = ConsoleTester()
        tester.press("/")
        tester.type("clie")
        tester.press("tab")
        tester.type("par")
        tester.press("tab", "enter")
        #expect(tester.row(2).contains("client:partner-acme"))
    }

    @Test func `a comparison may follow the colon that completion wrote`() {
        var tester = ConsoleTester()
        tester.press("/")
        tester.type("stat")
        tester.press("tab")
        tester.type(">=400")
        tester.press("enter")
        #expect(tester.lastOverview?.filter == .test(.number(.status, [400...Int64.max])))
    }

    @Test func `the number of matches shows while one types`() {
        var tester = ConsoleTester()
        tester.press("/")
        tester.type("status:401")
        #expect(tester.row(2).contains("412 match"))
    }

    @Test func `an earlier filter comes back with Up`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("/")
        tester.type("status:401")
        tester.press("enter", "esc", "/", "esc", "/", "up", "enter")
        #expect(tester.row(2).contains("status:401"))
    }

    @Test func `pasted text never becomes commands`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.paste("q:q\u{1B}1/status:200\n")
        #expect(tester.effects.isEmpty)
        #expect(tester.row(1).contains("2 Traffic"))
        tester.press("/")
        tester.paste("status:401\n")
        #expect(tester.row(2).contains("/ status:401"))
    }

    @Test func `the palette finds a command by its name and gives it`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press(":")
        tester.type("Overv")
        tester.press("enter")
        #expect(tester.text.contains("clients by requests"))
    }

    @Test func `the palette refuses what can't be done now, with the reason`() {
        var tester = ConsoleTester()
        tester.press(":")
        tester.type("later")
        #expect(tester.text.contains("this is the present"))
    }

    @Test func `a theme shows while one looks through the list, and Esc brings the old one back`() {
        var tester = ConsoleTester()
        tester.press("C", "down", "down")
        #expect(tester.effects == [.useTheme("mono"), .useTheme("nord")])
        tester.press("esc")
        #expect(tester.effects.last == .useTheme("gatehouse-dark"))
    }

    @Test func `an export needs a name that says the format`() {
        var tester = ConsoleTester(screen: .traffic)
        tester.press("E", "ctrl-u")
        tester.type("traffic.txt")
        tester.press("enter")
        #expect(tester.text.contains("the name must end in .csv or .json"))
        tester.press("ctrl-u")
        tester.type("traffic.json")
        tester.press("enter")
        guard case .export(let export)? = tester.effects.last else {
            Issue.record("nothing was exported")
            return
        }
        #expect(export.format == .json)
        #expect(export.path == "traffic.json")
        tester.receive(.exported(path: "traffic.json", rows: 412))
        #expect(tester.text.contains("wrote 412 rows to traffic.json"))
    }

    @Test func `lines that were not understood are shown with their reason`() {
        var tester = ConsoleTester()
        tester.answers = { question in
            guard case .unread = question else { return SampleTraffic.answer(to: question) }
            return .unread([
                UnreadLine(
                    time: SampleTraffic.now, source: "access.log", offset: 4711, reason: "bad_time",
                    bytes: Array("evil \u{1B}[2J\u{202E}line".utf8))
            ])
        }
        tester.press("U")
        #expect(tester.text.contains("bad_time"))
        #expect(tester.text.contains("access.log, byte 4711"))
        #expect(!tester.text.unicodeScalars.contains("\u{202E}"))
    }

    @Test func `UTC and local time are a key apart`() {
        var tester = ConsoleTester()
        #expect(tester.row(0).contains("12:04:31 CET"))
        tester.press("Z")
        #expect(tester.row(0).contains("11:04:31 UTC"))
    }

    @Test func `too small a terminal says so, and the screen comes back`() {
        var tester = ConsoleTester()
        let before = tester.frame.picture
        tester.resize(40, 10)
        #expect(tester.text.contains("too small"))
        tester.resize(120, 36)
        #expect(tester.frame.picture == before)
    }

    @Test func `a locked or missing store is named on the status line`() {
        var status = SampleTraffic.status
        status.problems = ["traffic.sqlite is locked by another program; what is shown is 3 s old"]
        let tester = ConsoleTester(status: status)
        #expect(tester.row(0).contains("traffic.sqlite is locked by another program"))
    }

    @Test func `a damaged day is told in a line of its own, by the file's name`() {
        var status = SampleTraffic.status
        status.problems = ["/var/lib/gatehouse/traffic-2026-11-20.sqlite is damaged. Other days still work."]
        let tester = ConsoleTester(80, 24, status: status)
        #expect(tester.row(22).trimmed == "traffic-2026-11-20.sqlite is damaged. Other days still work.")
    }

    @Test func `a store that can't be read says why instead of welcoming`() {
        var status = StoreStatus()
        status.problems = ["traffic.sqlite is damaged. Restore it from a backup, or move the folder away."]
        let tester = ConsoleTester(status: status)
        #expect(tester.text.contains("Restore it from a backup, or move the folder away."))
        #expect(!tester.text.contains("No traffic yet"))
    }

    @Test func `an empty store says what to do next`() {
        let tester = ConsoleTester(status: StoreStatus())
        #expect(tester.text.contains("gatehouse ingest --follow /var/log/nginx/access.log"))
    }

    @Test func `every key has one meaning on each screen`() {
        let global = GlobalCommand.keymap.entries
        for (title, entries) in ConsoleApp.keyReference {
            let keys = entries.flatMap(\.keys)
            #expect(Set(keys).count == keys.count, "\(title) binds a key twice")
            guard title != "Everywhere" else { continue }
            for entry in entries {
                // A screen may do in its own way what is done everywhere, under the same name.
                let hidden = global.filter { !Set($0.keys).isDisjoint(with: entry.keys) }
                #expect(hidden.allSatisfy { $0.name == entry.name }, "\(title) hides a key of every screen")
            }
        }
        #expect(GlobalCommand.keymap.problems.isEmpty)
        #expect(OverviewScreen.keymap.problems.isEmpty)
        #expect(TrafficScreen.keymap.problems.isEmpty)
    }

    @Test func `keys can be changed, and a taken one is told`() {
        var tester = ConsoleTester { $0.keys = [("pause", ["P"])] }
        tester.press("P")
        #expect(tester.row(0).contains("paused"))
        #expect(ConsoleApp.keyProblems([("pause", ["P"])]).isEmpty)
        #expect(ConsoleApp.keyProblems([("pause", ["/"])]).count == 1)
    }
}
