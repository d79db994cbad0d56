import Testing

@testable import Pipeline

struct LineCutterTests {
    /// Feeds bytes in pieces and puts the runs together again.
    private func cut(_ text: [UInt8], pieces: [Int], into cutter: inout LineCutter) -> [LineCutter.Run] {
        var runs: [LineCutter.Run] = []
        var rest = text[...]
        var index = 0
        while !rest.isEmpty {
            let size = min(pieces[index % pieces.count], rest.count)
            let run = cutter.next(atMost: size) { buffer in
                buffer.copyBytes(from: rest.prefix(size))
                return size
            }
            rest = rest.dropFirst(size)
            index += 1
            if let run, !run.isEmpty { runs.append(run) }
        }
        return runs
    }

    @Test func `lines come out whole however the bytes came in`() {
        let text = Array("one\ntwo\r\n\nthree\nfo".utf8)
        for size in 1...text.count {
            var cutter = LineCutter()
            let runs = cut(text, pieces: [size], into: &cutter)
            #expect(runs.flatMap(\.lines) == Array("one\ntwo\r\n\nthree\n".utf8))
            #expect(
                runs.map(\.offset)
                    == runs.indices.map { index in
                        Int64(runs[..<index].reduce(0) { $0 + $1.lines.count })
                    })
            #expect(cutter.offset == 16)
            #expect(cutter.end == 18)
            #expect(cutter.tail == ContentTail(text[..<16]))
            #expect(cutter.endTail == ContentTail(text))
            let last = cutter.last()
            #expect(last?.lines == Array("fo".utf8))
            #expect(last?.offset == 16)
            #expect(cutter.offset == 18)
            #expect(cutter.last() == nil)
        }
    }

    @Test func `a line over the limit is passed over and only its start kept`() {
        let huge = [UInt8](repeating: UInt8(ascii: "x"), count: 3 * LineCutter.longestLine + 17)
        let text = Array("a\n".utf8) + huge + Array("\nb\n".utf8)
        for size in [LineCutter.largestChunk, 65_536, 777_777] {
            var cutter = LineCutter()
            let runs = cut(text, pieces: [size], into: &cutter)
            #expect(runs.flatMap(\.lines) == Array("a\nb\n".utf8))
            let long = runs.compactMap(\.longLine)
            #expect(long.map(\.offset) == [2])
            #expect(long.map(\.start.count) == [LineCutter.keptOfLongLine])
            #expect(cutter.offset == Int64(text.count))
            #expect(cutter.tail == ContentTail(text))
        }
    }

    @Test func `a line of exactly the limit is kept, and one byte more isn't`() {
        for (length, isKept) in [(LineCutter.longestLine, true), (LineCutter.longestLine + 1, false)] {
            let text = [UInt8](repeating: UInt8(ascii: "x"), count: length) + [10]
            for size in [LineCutter.largestChunk, 1000, 4096] {
                var cutter = LineCutter()
                let runs = cut(text, pieces: [size], into: &cutter)
                #expect(runs.flatMap(\.lines).isEmpty != isKept)
                #expect(runs.compactMap(\.longLine).isEmpty == isKept)
                #expect(cutter.offset == Int64(text.count))
            }
        }
    }

    @Test func `an endless line at the end counts once`() {
        let text = [UInt8](repeating: 0, count: 2 * LineCutter.longestLine)
        var cutter = LineCutter()
        #expect(cut(text, pieces: [100_000], into: &cutter).isEmpty)
        #expect(cutter.offset == 0)
        #expect(cutter.last()?.longLine?.offset == 0)
        #expect(cutter.offset == Int64(text.count))
    }

    @Test func `the rest of a line that counted before its newline came is passed over`() {
        var cutter = LineCutter(offset: 4, tail: ContentTail(Array("a\nbc".utf8)))
        let runs = cut(Array("de\nf\n".utf8), pieces: [1], into: &cutter)
        #expect(runs.flatMap(\.lines) == Array("f\n".utf8))
        #expect(runs.map(\.offset) == [7])
        #expect(cutter.offset == 9)
        #expect(cutter.tail == ContentTail(Array("a\nbcde\nf\n".utf8)))
    }
}
