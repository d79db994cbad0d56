/// The lines of one log from its start, decompressed if need be, each without its newline.
package struct LineSequence {
    private let stream: ContentStream

    /// Opens a log. Throws what `open` says when it can't be read.
    package init(of input: LogInput, stop: StopRequest) throws {
        stream = try ContentStream(try input.open(), stop: stop)
    }

    /// Hands out each line that isn't blank, of a line over the limit its start, until `body` returns false.
    package func forEach(_ body: ([UInt8]) throws -> Bool) throws {
        var cutter = LineCutter()
        while true {
            let run = try cutter.next(atMost: LineCutter.largestChunk) { buffer in
                guard case .bytes(let count) = try stream.read(into: buffer) else { return 0 }
                return count
            }
            guard let run = run ?? cutter.last() else { return }
            if let line = run.longLine, try !body(line.start) { return }
            for line in run.lines.split(separator: UInt8(ascii: "\n")) {
                let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
                guard !text.allSatisfy(Self.isBlank) else { continue }
                guard try body(Array(text)) else { return }
            }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
