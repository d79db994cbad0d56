import Domain
import LogFormats
import Testing

@Suite struct SampleTests {
    private static let samples = LogFormat.allCases.flatMap { format in
        format.description.samples.map { (format, $0) }
    }

    @Test(arguments: samples)
    func `every format's sample is the event that stands beside it`(format: LogFormat, sample: LogFormat.Sample) {
        var parser = parser()
        let parsed = parser.parse(Array(sample.line.utf8), offset: 0)
        #expect(parsed.events == [sample.event])
        #expect(parser.format == format)
    }

    @Test(arguments: samples)
    func `a sample is read the same when its format is named`(format: LogFormat, sample: LogFormat.Sample) {
        #expect(events(sample.line, .format(format)) == [sample.event])
    }

    @Test func `every format but the mapped one has a sample`() {
        #expect(LogFormat.allCases.filter { $0.description.samples.isEmpty } == [.mapped])
    }

    @Test(arguments: samples)
    func `each field of a sample is explained by the bytes it was read from`(
        format: LogFormat, sample: LogFormat.Sample
    ) {
        let line = Array(sample.line.utf8)
        let explanation = parser().explain(line: line)
        #expect(explanation.format == format)
        #expect(explanation.events.count == 1)
        for field in explanation.events.first ?? [] {
            guard let columns = field.columns else {
                #expect(["outcome", "reason"].contains(field.name))
                continue
            }
            #expect(Array(line[columns]) == field.raw)
            // A text without escapes stands in the line as it is.
            if TextField.allCases.contains(where: { $0.name == field.name }), !field.raw.contains(UInt8(ascii: "\\")),
                field.name != "address"
            {
                #expect(String(decoding: field.raw, as: UTF8.self) == field.value)
            }
        }
    }
}
