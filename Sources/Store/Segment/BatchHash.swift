// The chain that makes a changed, moved or missing batch of events show.
//
// A segment's events arrive in batches, one for each commit. All numbers are little-endian; `‖` joins bytes.
//
//     genesis  = SHA-256("gatehouse segment 1\n" ‖ store id (16 bytes) ‖ day (Int64) ‖ part (Int64))
//     hash     = SHA-256(previous hash ‖ runs ‖ strings ‖ header)
//     runs     = the batch's events in order, cut before each ordinal that 4,096 divides; for each run,
//                for each column 0…19: the run's codes, each in the column's width
//     widths   = time 8, outcome 1, status 2, latency 8, bytes 8, the 15 texts 4 each
//     strings  = for each text field 0…14, for each id that this batch is the first to use, ascending:
//                field (UInt8) ‖ id (UInt32) ‖ length in bytes (UInt32) ‖ the text in UTF-8
//     header   = batch number (Int64, from 0) ‖ first event's ordinal (Int64) ‖ events (Int64) ‖ commit time (Int64, µs)
//
// Codes are those of `EventColumn`. The ids that a batch is the first to use are those above the largest id that the
// field had before; ids count up without gaps. How events lie in blocks has no part in any of this.

import Crypto
import Domain

struct BatchHash {
    private var hasher = SHA256()

    struct Header: Equatable {
        var number: Int64
        var first: Int64
        var count: Int64
        var time: Timestamp
    }

    static func genesis(store: [UInt8], segment: SegmentID) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: Array("gatehouse segment 1\n".utf8))
        hasher.update(data: store)
        update(&hasher, segment.day.number)
        update(&hasher, Int64(segment.part))
        return Array(hasher.finalize())
    }

    init(previous: [UInt8]) {
        hasher.update(data: previous)
    }

    private static func update(_ hasher: inout SHA256, _ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { hasher.update(bufferPointer: $0) }
    }

    mutating func add(field: Int, id: UInt32, text: UnsafeRawBufferPointer) {
        Self.update(&hasher, UInt8(field))
        Self.update(&hasher, id)
        Self.update(&hasher, UInt32(text.count))
        hasher.update(bufferPointer: text)
    }

    /// Adds one run's column; the scratch space holds eight bytes for each value.
    mutating func add(_ values: UnsafeBufferPointer<Int64>, of column: EventColumn, scratch: UnsafeMutableRawPointer) {
        let width = column.canonicalWidth
        switch width {
        case 1:
            for index in 0..<values.count {
                scratch.storeBytes(of: UInt8(truncatingIfNeeded: values[index]), toByteOffset: index, as: UInt8.self)
            }
        case 2:
            for index in 0..<values.count {
                let code = UInt16(truncatingIfNeeded: values[index]).littleEndian
                scratch.storeBytes(of: code, toByteOffset: index * 2, as: UInt16.self)
            }
        case 4:
            for index in 0..<values.count {
                let code = UInt32(truncatingIfNeeded: values[index]).littleEndian
                scratch.storeBytes(of: code, toByteOffset: index * 4, as: UInt32.self)
            }
        default:
            for index in 0..<values.count {
                scratch.storeBytes(of: values[index].littleEndian, toByteOffset: index * 8, as: Int64.self)
            }
        }
        hasher.update(bufferPointer: UnsafeRawBufferPointer(start: scratch, count: values.count * width))
    }

    consuming func finalized(_ header: Header) -> [UInt8] {
        for number in [header.number, header.first, header.count, header.time.microseconds] {
            Self.update(&hasher, number)
        }
        return Array(hasher.finalize())
    }
}
