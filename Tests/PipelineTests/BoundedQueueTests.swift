import Dispatch
import Foundation
import Testing

@testable import Pipeline

struct BoundedQueueTests {
    private func all(_ queue: BoundedQueue<Int>) -> [Int] {
        var elements: [Int] = []
        while case .element(let element) = queue.next(before: .now() + 90) { elements.append(element) }
        return elements
    }

    @Test func `everything comes out in order, however small the queue is`() {
        let queue = BoundedQueue<Int>(capacity: 2)
        Thread.detachNewThread {
            for number in 0..<10_000 { queue.append(number) }
            queue.close()
        }
        #expect(all(queue) == Array(0..<10_000))
        guard case .closed = queue.next(before: .now()) else {
            Issue.record("a closed queue stays closed")
            return
        }
    }

    @Test func `an empty queue lets its reader go on at the deadline`() {
        let queue = BoundedQueue<Int>(capacity: 1)
        guard case .timedOut = queue.next(before: .now() + .milliseconds(10)) else {
            Issue.record("nothing is there to be read")
            return
        }
    }

    @Test func `a cancelled queue refuses its writer, also one that waits`() {
        let queue = BoundedQueue<Int>(capacity: 1)
        #expect(queue.append(1))
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.05)
            queue.cancel()
        }
        #expect(!queue.append(2))
        #expect(!queue.append(3))
    }
}
