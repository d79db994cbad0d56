import Dispatch
import Domain
import Store

extension ReplayTally {
    /// Counts by both policies at the same time, with the time zones of this machine.
    init(from before: PolicySnapshot, to after: PolicySnapshot) {
        self.init(from: before, to: after, zones: ZoneTables.table(named:)) { one, other in
            DispatchQueue.concurrentPerform(iterations: 2) { $0 == 0 ? one() : other() }
        }
    }
}
