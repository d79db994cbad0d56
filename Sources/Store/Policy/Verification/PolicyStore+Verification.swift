package import Domain

extension PolicyStore {
    /// Checks everything that can be: the audit trail, versions against it, the active policy against its versions,
    /// checkpoints kept here and elsewhere, and the traffic's segments.
    ///
    /// `exported` are checkpoints that were kept elsewhere; with keys to trust, those by other keys are findings too.
    /// While it goes through the traffic it tells how many events it has seen, of how many. When it is cancelled, it
    /// throws `CancelledQuery`. Damage is a finding like the others, so that the rest is still looked at.
    package func verify(
        exported: [Checkpoint] = [], trusting keys: Set<[UInt8]>? = nil, traffic isWithTraffic: Bool = true,
        cancellation: Cancellation = Cancellation(), progress: (_ events: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws -> AuditReport {
        var report = AuditReport()
        try read { database in
            var verification = PolicyVerification(database, store: id)
            verification.run(exported: exported, trusting: keys)
            report = verification.report
        }
        if isWithTraffic {
            try cancellation.check()
            let traffic = TrafficVerification(folder, cancellation: cancellation)
            try traffic.run(exported: exported, into: &report, progress: progress)
        }
        return report
    }
}
