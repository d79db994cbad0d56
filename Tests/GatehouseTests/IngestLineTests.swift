import Pipeline
import Testing

@testable import gatehouse

struct IngestLineTests {
    private func line(
        read: Int64, bytes: Int64, of total: Int64?, unread: Int64 = 0, follows: Bool = false, isUnicode: Bool = true
    ) -> IngestLine {
        var progress = IngestProgress()
        progress.report.stored = read - unread
        progress.report.unread = unread
        progress.inputBytes = bytes
        progress.totalBytes = total
        return IngestLine(progress: progress, rate: 512_000, seconds: 4, follows: follows, isUnicode: isUnicode)
    }

    @Test func `a bar, the rate and the time left`() {
        #expect(
            line(read: 2_000_000, bytes: 25, of: 100).text(width: 79)
                == "▓▓▓▓▓▓░░░░░░░░░░░░░░░░░░ 25 % · 2 000 000 lines · 512k lines/s · 12 s left")
    }

    @Test func `what matters least goes first where there is no room`() {
        let line = line(read: 2_000_000, bytes: 25, of: 100, unread: 3)
        #expect(line.text(width: 60) == "25 % · 2 000 000 lines · 512k lines/s · 12 s left · 3 unread")
        #expect(line.text(width: 40) == "25 % · 2 000 000 lines · 512k lines/s")
        #expect(line.text(width: 3) == "25 ")
        #expect(line.text(width: 0) == "")
    }

    @Test func `a stream has no end and a followed log is said to be followed`() {
        #expect(line(read: 7, bytes: 0, of: nil).text(width: 79) == "7 lines · 512k lines/s")
        #expect(
            line(read: 7, bytes: 0, of: nil, follows: true, isUnicode: false).text(width: 79)
                == "following | 7 lines | 512k lines/s")
    }

    @Test func `the store is where the option, the environment or the home says`() {
        func path(_ given: String?, _ environment: [String: String]) -> String {
            StoreOption.path(given: given, environment: environment, home: "/home/maria", workingDirectory: "/srv")
        }
        let environment = ["GATEHOUSE_STORE": "/a", "XDG_STATE_HOME": "/state"]
        #expect(path("logs", environment) == "/srv/logs")
        #expect(path("/logs", environment) == "/logs")
        #expect(path(nil, environment) == "/a")
        #expect(path(nil, ["GATEHOUSE_STORE": "", "XDG_STATE_HOME": "/state"]) == "/state/gatehouse")
        #expect(path(nil, ["XDG_STATE_HOME": "state"]) == "/home/maria/.local/state/gatehouse")
        #expect(path(nil, [:]) == "/home/maria/.local/state/gatehouse")
    }
}
