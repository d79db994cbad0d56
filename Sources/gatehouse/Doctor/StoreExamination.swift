import Domain
import Glibc
import Store

/// What the doctor says of the store and of the disk under it.
struct StoreExamination {
    let path: String
    let now: Timestamp

    private static let area = "store"
    /// Bytes free below which writing will soon fail, and below which it is time to think.
    private static let leastSpace = (broken: 100_000_000, doubtful: 1_000_000_000)

    var findings: [Finding] { [folder] + contents + [disk] }

    private var folder: Finding {
        let folder = StoreFolder(path)
        guard folder.exists else {
            return Finding(
                Self.area, "folder", .doubtful, "\(path) doesn't exist yet",
                advice: "Read a log to make it: gatehouse ingest --follow /var/log/nginx/access.log")
        }
        do {
            try folder.checkAccess()
        } catch {
            return Finding(Self.area, "folder", .broken, error.message, advice: error.advice)
        }
        let isWritable = access(path, W_OK) == 0
        return Finding(
            Self.area, "folder", isWritable ? .fine : .doubtful, path + (isWritable ? "" : " can't be written by you"),
            advice: isWritable ? nil : "Looking works; reading logs into it takes its owner.")
    }

    private var contents: [Finding] {
        let folder = StoreFolder(path)
        guard folder.exists, folder.isFolder else { return [] }
        guard folder.hasCatalog else {
            return [
                Finding(
                    Self.area, "events", .doubtful, "the folder holds no store",
                    advice: "Read a log to make one: gatehouse ingest --follow /var/log/nginx/access.log")
            ]
        }
        do {
            let reader = TrafficReader(folder: folder)
            _ = try reader.refresh()
            try reader.checkSegments()
            return findings(of: reader.status())
        } catch let error as StoreError {
            return [Finding(Self.area, "events", .broken, error.message, advice: error.advice)]
        } catch {
            return [Finding(Self.area, "events", .broken, "\(error)")]
        }
    }

    private func findings(of status: StoreStatus) -> [Finding] {
        var findings = [
            Finding(
                Self.area, "events", .fine,
                "\(status.events) events, \(ByteText.rounded(status.bytes)) on disk")
        ]
        if let oldest = status.oldest, let newest = status.newest {
            let age = TimeText.relative(newest, now: now)
            findings.append(
                Finding(
                    Self.area, "reach", .fine,
                    "\(TimeText.shortRFC3339(oldest)) to \(TimeText.shortRFC3339(newest)), the newest \(age)"))
        }
        findings.append(
            Finding(
                Self.area, "unread", status.unread == 0 ? .fine : .doubtful,
                status.unread == 0 ? "every line was understood" : "\(status.unread) lines were not understood",
                advice: status.unread == 0 ? nil : "See which and why: gatehouse formats explain"))
        findings.append(Finding(Self.area, "writer", .fine, status.writer ?? "nobody reads logs into it now"))
        return findings + status.problems.map { Finding(Self.area, "problem", .broken, $0) }
    }

    private var disk: Finding {
        // A store that isn't there yet will lie on the disk of the nearest folder that is.
        var place = path
        while access(place, F_OK) != 0, let slash = place.lastIndex(of: "/"), slash > place.startIndex {
            place = String(place[..<slash])
        }
        var space = statvfs()
        guard statvfs(place, &space) == 0 else {
            return Finding("disk", "space", .doubtful, "\(place): \(SystemError.last)")
        }
        let free = Int64(clamping: UInt64(space.f_bavail) * UInt64(space.f_frsize))
        let total = Int64(clamping: UInt64(space.f_blocks) * UInt64(space.f_frsize))
        let state: Finding.State =
            free < Self.leastSpace.broken ? .broken : free < Self.leastSpace.doubtful ? .doubtful : .fine
        return Finding(
            "disk", "space", state, "\(ByteText.rounded(free)) of \(ByteText.rounded(total)) free at \(place)",
            advice: state == .fine
                ? nil : "Free some space, or let go of old days with `keep: 30d` in the configuration")
    }
}
