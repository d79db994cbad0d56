import Domain
import Glibc

/// Reading what rotation took away from a followed log while nobody looked.
extension FollowReading {
    /// Files that are looked at for one log, so that a folder with years of logs costs no more than one with weeks.
    private static let mostExamined = 64
    /// How much earlier than a look at the clock a file may say that it was written after it, in microseconds: the
    /// kernel stamps files with the time of its last tick.
    private static let clockSlack: Int64 = 1_000_000

    /// What a file beside a log has to do with it.
    private enum Relation {
        /// It holds more of a source that was read under the log's name.
        case continues
        /// All of it was read.
        case isRead
        /// Nothing of it was ever read, and its name says that it is from the log.
        case isUnseen
        case isOther
    }

    /// Takes up what is left in files that rotation made of this log; true when there was any.
    ///
    /// That is the rest of a source that was read under this name, and a whole file that was never seen, if rotation
    /// gave it its name and it was written after the last one that was seen.
    @discardableResult
    mutating func catchUp(_ log: FollowedLog) -> Bool {
        let ours = Set(log.files.map(\.inode))
        let others = Set(openFiles.map(\.inode)).subtracting(ours)
        var found: [RotatedFile] = []
        var unseen: [RotatedFile] = []
        var newestSeen: Int64?
        var newestRead: Int64?
        for rotated in RotatedFile.beside(log.path).reversed().prefix(Self.mostExamined) {
            guard !others.contains(rotated.status.inode) else { continue }
            // What is older than a file that was read was rotated away before it, and read before it; but files that
            // were rotated within one tick of the kernel's clock come in any order.
            if let newestRead, rotated.status.modified < newestRead - Self.clockSlack * 1000 { break }
            let relation = ours.contains(rotated.status.inode) ? nil : relation(of: rotated, to: log)
            switch relation {
            case nil: newestSeen = newestSeen ?? rotated.status.modified
            case .continues:
                newestSeen = newestSeen ?? rotated.status.modified
                found.append(rotated)
            case .isRead:
                newestSeen = newestSeen ?? rotated.status.modified
                newestRead = newestRead ?? rotated.status.modified
            case .isUnseen: unseen.append(rotated)
            case .isOther: break
            }
        }
        if let horizon = horizon(of: log, newestSeen: newestSeen) {
            found += unseen.filter { $0.status.modified >= horizon }
        }
        // The oldest first, so that events come about in the order of their times.
        for rotated in found.sorted(by: { $0.status.modified < $1.status.modified }) { takeUp(rotated, of: log) }
        return !found.isEmpty
    }

    /// From when on, in nanoseconds since 1970, a file that was never seen is new; nil when none can be.
    private func horizon(of log: FollowedLog, newestSeen: Int64?) -> Int64? {
        if let look = log.lastLook {
            return min((look.microseconds - Self.clockSlack) * 1000, newestSeen ?? .max)
        }
        // At the start of a run: only if the log was followed before, and was rotated since.
        guard let newestSeen, log.current?.reading?.isFirst ?? true else { return nil }
        return newestSeen
    }

    private func relation(of rotated: RotatedFile, to log: FollowedLog) -> Relation {
        do {
            return try examine(rotated, for: log)
        } catch {
            // It was renamed, removed or only half compressed; its next name is looked at the next time.
            return .isOther
        }
    }

    private func examine(_ rotated: RotatedFile, for log: FollowedLog) throws -> Relation {
        let descriptor = try LogInput.file(path: rotated.path).open()
        guard try descriptor.status().inode == rotated.status.inode else { return .isOther }
        let stream = try ContentStream(descriptor, stop: stop)
        let start = try stream.start()
        let sources = bulk.ledger.sources(startingLike: start)
        guard !sources.isEmpty else {
            // A copy that is being made of a log that is open isn't one that nobody has seen.
            let isCopyOfOpen = openFiles.contains { file in
                let open = try? file.start(upTo: Int64(ContentStart.length))
                return open?.bytes.starts(with: start.bytes) ?? false
            }
            return rotated.isSurelyRotated && !start.bytes.isEmpty && !isCopyOfOpen ? .isUnseen : .isOther
        }
        let claimed = claimed
        for source in sources where !claimed.contains(source) {
            let position = bulk.ledger.positions[source]
            guard position.identity.name == log.path else { continue }
            if let tail = try stream.skip(position.offset, after: ContentTail()), tail.hash == position.tailHash {
                var byte: UInt8 = 0
                let more = try withUnsafeMutableBytes(of: &byte) { try stream.read(into: $0) }
                return more == .bytes(1) ? .continues : .isRead
            }
            try stream.rewind()
        }
        return .isOther
    }

    /// Reads a rotated file as one that lost the log's name just now, since its writer may still have it open.
    private mutating func takeUp(_ rotated: RotatedFile, of log: FollowedLog) {
        do {
            let descriptor = try LogInput.file(path: rotated.path).open()
            guard try descriptor.status().inode == rotated.status.inode else { return }
            guard try descriptor.bytes(at: 0, count: GzipProcess.magic.count) != GzipProcess.magic else {
                bulk.read(.file(path: rotated.path), as: log.path, countingDuplicates: false)
                return
            }
            let file = try FollowedFile(descriptor, watch: watch.watch(descriptor))
            retire(file, of: log)
            _ = try read(file, of: log)
        } catch {
            // Gone between two calls: it is looked for again under its next name.
            return
        }
    }
}
