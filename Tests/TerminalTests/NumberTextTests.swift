import Terminal
import Testing

struct NumberTextTests {
    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1142, "1 142"), (68_120, "68 120"), (-1_234_567, "-1 234 567"),
        (Int.min, "-9 223 372 036 854 775 808"),
    ])
    func `thousands are spaced`(value: Int, text: String) {
        #expect(NumberText.grouped(value).text == text)
    }

    @Test(arguments: [
        (0.0, "0"), (0.2, "0.2"), (0.4234, "0.42"), (3.14159, "3.14"), (9.996, "10"), (27.44, "27.4"), (99.96, "100"),
        (0.004, "<0.01"), (-0.004, ">-0.01"), (0.005, "0.01"), (142.4, "142"), (1142.3, "1 142"), (-3.1, "-3.1"),
        (Double.nan, "–"), (Double.infinity, "–"),
    ])
    func `figures are three`(value: Double, text: String) {
        #expect(NumberText.figures(value).text == text)
    }

    @Test(arguments: [(0.0, "0/s"), (0.004, "<0.01/s"), (0.2, "0.2/s"), (1142.3, "1 142/s")])
    func `a rate that isn't zero never reads as zero`(rate: Double, text: String) {
        #expect(NumberText.rate(perSecond: rate).text == text)
    }

    @Test(arguments: [
        (0.0, "0"), (0.0001, "<0.001"), (0.0025, "0.003"), (0.25, "0.25"), (2.5, "2.5"), (750.0, "750"), (999.4, "999"),
        (999.6, "1k"), (1500.0, "1.5k"),
        (12_345.0, "12.3k"), (20_000_000.0, "20M"), (1e18, "1 000P"),
    ])
    func `large values get a suffix`(value: Double, text: String) {
        #expect(NumberText.si(value).text == text)
    }

    @Test(arguments: [(0, "0 B"), (12, "12 B"), (1536, "1.54 kB"), (20_000_000, "20 MB")])
    func `bytes have a unit`(count: Int, text: String) {
        #expect(NumberText.bytes(count).text == text)
    }

    @Test(arguments: [
        (0, "0 µs"), (850, "850 µs"), (3100, "3.1 ms"), (999_600, "1 s"), (2_400_000, "2.4 s"), (59_900_000, "59.9 s"),
        (59_960_000, "1 min"), (200_000_000, "3 min 20 s"), (7_500_000_000, "2 h 5 min"), (273_600_000_000, "3 d 4 h"),
    ])
    func `durations take the unit that suits them`(microseconds: Int, text: String) {
        #expect(NumberText.duration(microseconds: microseconds).text == text)
    }

    @Test(arguments: [
        (0.0, "0 %"), (0.0004, "<0.1 %"), (0.004, "0.4 %"), (0.961, "96.1 %"), (0.9996, ">99.9 %"), (1.0, "100 %"),
        (Double.nan, "– %"),
    ])
    func `nearly all is not all, and hardly any is not none`(share: Double, text: String) {
        #expect(NumberText.percent(share).text == text)
    }

    @Test(arguments: [
        (100.0, 112.0, "▲ 12 %"), (100.0, 40.0, "▼ 60 %"), (10.0, 21.0, "▲ 2.1×"), (10.0, 40.0, "▲ 4×"),
        (100.0, 100.2, "─"), (0.0, 0.0, "─"), (0.0, 5.0, "▲ new"), (5.0, 0.0, "▼ 100 %"), (1.0, 5000.0, "▲ >999×"),
        (Double.nan, 1.0, "─"),
    ])
    func `a change is an arrow and a figure`(before: Double, now: Double, text: String) {
        #expect(NumberText.change(from: before, to: now, glyphs: .unicode).text == text)
    }

    @Test func `a change can be said in ASCII`() {
        #expect(NumberText.change(from: 10, to: 21, glyphs: .ascii).text == "^ 2.1x")
        #expect(NumberText.change(from: 10, to: 5, glyphs: .ascii).text == "v 50 %")
    }
}
