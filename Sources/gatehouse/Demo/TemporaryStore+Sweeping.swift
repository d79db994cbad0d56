// What demos left behind whose second process couldn't clean up either, as when both were killed.

import Domain
import Foundation
import Glibc
import Store

extension TemporaryStore {
    /// The file in each folder that names the process it belongs to.
    static let ownerFile = "owner.pid"
    /// How long a folder may be without that file, in seconds: a demo that has just begun has yet to write it.
    private static let graceSeconds = 3600

    /// Removes the folders of demos of this account whose process is gone; what can't be removed stays.
    static func sweep(_ base: String) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: base) else { return }
        for name in names where name.hasPrefix(prefix) {
            let path = base + "/" + name
            if isAbandoned(path) { try? FileManager.default.removeItem(atPath: path) }
        }
    }

    private static func isAbandoned(_ path: String) -> Bool {
        var status = stat()
        // A link of that name could lead anywhere.
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid() else {
            return false
        }
        guard let owner = owner(of: path) else { return time(nil) - status.st_mtim.tv_sec > graceSeconds }
        guard kill(owner, 0) != 0, errno == ESRCH else { return false }
        // In another container's processes the number may be unknown here; its lock is not.
        return TrafficReader(folder: StoreFolder(path)).status().writer == nil
    }

    private static func owner(of path: String) -> pid_t? {
        guard let text = try? String(contentsOfFile: path + "/" + ownerFile, encoding: .utf8),
            let process = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)), process > 0
        else { return nil }
        return process
    }
}
