// Fills a store with simulated traffic: first the past, then what happens now, on a thread of its own.

import Domain
import Foundation
import Store
import Synchronization

/// The writer of a demo's store.
final class DemoFeed: Sendable {
    /// Microseconds between two commits.
    private static let tick: Int64 = 100_000
    /// Microseconds of the past that are there when the console opens.
    private static let opening: Int64 = 900_000_000
    /// About how many events of the past are stored between two ticks.
    private static let batchSize = 8_192

    private let traffic: DemoTraffic
    private let folder: StoreFolder
    private let isStopped = Atomic(false)
    private let failure = Mutex<(any Error)?>(nil)
    private let isFilled = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(traffic: DemoTraffic, folder: StoreFolder) {
        self.traffic = traffic
        self.folder = folder
    }

    /// Starts the thread and returns when the past is in the store.
    func start() throws {
        let thread = Thread { [self] in
            do {
                try run()
            } catch {
                failure.withLock { $0 = error }
            }
            isFilled.signal()
            hasEnded.signal()
        }
        thread.name = "demo"
        thread.start()
        isFilled.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Ends the thread and waits until it has closed the store.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        hasEnded.wait()
    }

    private var mustStop: Bool { isStopped.load(ordering: .acquiring) }

    private func run() throws {
        let store = try TrafficStore(folder: folder, writer: "demo")
        defer { try? store.close() }
        var source = try DemoSource(store)
        var reached = Self.now
        // The last minutes first, so that the console opens at once; then the past, the nearest first, between ticks.
        var past = DemoTraffic.chapters(until: reached)
        while let chapter = past.last, chapter.window.start >= reached.advanced(by: -Self.opening), !mustStop {
            try source.commit(traffic.events(of: past.removeLast()), until: chapter.window.end)
        }
        try source.commit(traffic.events(from: reached.rounded(downToSeconds: 60), to: reached), until: reached)
        isFilled.signal()
        while !mustStop {
            let present = Self.now
            if present > reached {
                try source.commit(traffic.events(from: reached, to: present), until: present)
                reached = present
            }
            var events: [AccessEvent] = []
            while events.count < Self.batchSize, let chapter = past.popLast() { events += traffic.events(of: chapter) }
            if events.isEmpty { usleep(UInt32(Self.tick)) } else { try source.commit(events, until: reached) }
        }
    }

    /// The current time, cut to the simulation's slots.
    private static var now: Timestamp {
        Timestamp(microseconds: SystemClock.now().microseconds.dividedDown(by: tick) * tick)
    }
}

/// The simulation as a source that was read so far.
struct DemoSource {
    private let store: TrafficStore
    private var position: SourcePosition

    init(_ store: TrafficStore) throws {
        self.store = store
        position = try store.addSource(SourceIdentity(prefixHash: "demo", prefixLength: 4, name: "demo"))
    }

    mutating func commit(_ events: [AccessEvent], until end: Timestamp) throws {
        var batch = EventBatch()
        batch.rows.reserveCapacity(events.count)
        for event in events {
            batch.append(event)
            batch.rows[batch.rows.count - 1].offset = position.offset
            position.offset += 1
        }
        position.lines += Int64(events.count)
        _ = try store.commit([SourceProgress(position: position, batches: [batch], followedUntil: end)])
    }
}
