// Where texts become numbers: one of these for each text field of the segment that is being written.

import Glibc

/// Numbers distinct byte strings from 1 in order of first appearance.
///
/// A string can also be known under other forms: what came in, before secrets were taken out of it. Such an alias is
/// looked up like a string but has no number of its own.
final class Interner {
    struct Entry {
        var start: Int
        var length: UInt32
        var id: UInt32
    }

    let hash: KeyedHash
    // High half: the upper bits of the hash; low half: the entry's number, from 1. 0 is free.
    private var slots: [UInt64]
    private var entries: [Entry] = []
    private var bytes: UnsafeMutableRawPointer
    private var capacity: Int
    private var used = 0
    private var aliasBytes = 0
    /// Entry of each id, from id 1 on.
    private var originals: [UInt32] = []

    init(hash: KeyedHash) {
        self.hash = hash
        slots = Array(repeating: 0, count: 16)
        capacity = 256
        bytes = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        bytes.deallocate()
    }

    /// Changes whenever entries that were handed out may be out of place.
    private(set) var generation = 0

    /// What is at the first place where a string with a hash can be: 0, or a number for `entry`.
    @inline(__always)
    func firstSlot(_ code: UInt64) -> UInt64 {
        slots[Int(truncatingIfNeeded: code) & (slots.count - 1)]
    }

    /// The entry that a slot speaks of.
    @inline(__always)
    func entry(_ slot: UInt64) -> Entry { entries[Int(slot & 0xffff_ffff) - 1] }

    @inline(__always)
    func isText(of entry: Entry, _ start: UnsafeRawPointer, count: Int) -> Bool {
        Int(entry.length) == count && memcmp(bytes + entry.start, start, count) == 0
    }

    var count: Int { originals.count }
    /// Bytes of all strings, aliases left out.
    var textBytes: Int { used - aliasBytes }

    /// The bytes of the string with an id; they move when a string is added.
    func text(_ id: Int) -> UnsafeRawBufferPointer {
        let entry = entries[Int(originals[id - 1])]
        return UnsafeRawBufferPointer(start: bytes + entry.start, count: Int(entry.length))
    }

    /// The id of a string or alias; 0 when it is new.
    @inline(__always)
    func id(of start: UnsafeRawPointer, count: Int) -> UInt32 {
        let code = hash.hash(start, count: count)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: code) & mask
        return slots.withUnsafeBufferPointer { slots in
            while true {
                let found = slots[slot]
                if found == 0 { return 0 }
                if found >> 32 == code >> 32 {
                    let entry = entries[Int(found & 0xffff_ffff) - 1]
                    if Int(entry.length) == count, memcmp(bytes + entry.start, start, count) == 0 { return entry.id }
                }
                slot = (slot + 1) & mask
            }
        }
    }

    /// Adds a string that isn't there; returns its id.
    func add(_ text: UnsafeRawBufferPointer) -> UInt32 {
        originals.append(UInt32(entries.count))
        let id = UInt32(originals.count)
        insert(text, id: id)
        return id
    }

    /// Lets another form of a string be found as that string.
    ///
    /// Whoever makes up secrets could make up any number of these, so they are forgotten when they grow too large.
    func addAlias(_ text: UnsafeRawBufferPointer, of id: UInt32) {
        if aliasBytes + text.count > 8 << 20 { forgetAliases() }
        aliasBytes += text.count
        insert(text, id: id)
    }

    private func insert(_ text: UnsafeRawBufferPointer, id: UInt32) {
        if used + text.count > capacity { growBytes(for: text.count) }
        if let source = text.baseAddress { memcpy(bytes + used, source, text.count) }
        entries.append(Entry(start: used, length: UInt32(text.count), id: id))
        used += text.count
        if entries.count * 2 > slots.count {
            rebuild(slotCount: slots.count * 2)
        } else {
            place(entries.count - 1)
        }
    }

    private func place(_ number: Int) {
        let entry = entries[number]
        let code = hash.hash(bytes + entry.start, count: Int(entry.length))
        var slot = Int(truncatingIfNeeded: code) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = code & 0xffff_ffff_0000_0000 | UInt64(number + 1)
    }

    private func rebuild(slotCount: Int) {
        slots = Array(repeating: 0, count: slotCount)
        for number in entries.indices { place(number) }
    }

    private func growBytes(for more: Int) {
        let larger = max(capacity * 2, used + more)
        let copy = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        memcpy(copy, bytes, used)
        bytes.deallocate()
        bytes = copy
        capacity = larger
    }

    private func forgetAliases() {
        generation += 1
        let kept = originals.map { entries[Int($0)] }
        let old = bytes
        let total = kept.reduce(0) { $0 + Int($1.length) }
        capacity = max(256, total * 2)
        bytes = .allocate(byteCount: capacity, alignment: 16)
        entries.removeAll()
        used = 0
        aliasBytes = 0
        for entry in kept {
            memcpy(bytes + used, old + entry.start, Int(entry.length))
            entries.append(Entry(start: used, length: entry.length, id: entry.id))
            used += Int(entry.length)
        }
        originals = originals.indices.map { UInt32($0) }
        old.deallocate()
        rebuild(slotCount: slots.count)
    }
}
