import Domain
import Terminal

/// Prints access events in one of the three forms.
struct EventPrinter {
    enum Form {
        case text, json, csv
    }

    private let form: Form
    private let line: EventLine
    private var output = StandardOutput()

    init(form: Form, zone: TimeZoneTable, now: Timestamp) {
        self.form = form
        line = EventLine(style: .standardOutput, zone: zone, now: now)
    }

    /// What stands before the first event.
    mutating func begin() throws {
        switch form {
        case .text: if StandardOutput.isTerminal { try output.writeLine(line.heading) }
        case .json: break
        case .csv: try output.writeLine(AccessEvent.csvHeader)
        }
    }

    mutating func print(_ event: AccessEvent) throws {
        switch form {
        case .text: try output.writeLine(line.text(event))
        case .json: try output.writeLine(event.json)
        case .csv: try output.writeLine(event.csv)
        }
    }

    mutating func flush() throws {
        try output.flush()
    }
}
