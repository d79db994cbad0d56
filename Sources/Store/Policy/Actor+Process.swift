package import Domain
import Glibc

extension Actor {
    /// Who runs this process: the real user id.
    ///
    /// Under sudo it is the user who called it, if the store belongs to the account that sudo changed to: then the
    /// rule for sudo is what lets people in, and the account itself is nobody's.
    package static func ofProcess(for folder: StoreFolder) -> Actor {
        let userID = invoker(for: folder) ?? getuid()
        return Actor(name: accountName(userID) ?? "uid-\(userID)", userID: userID)
    }

    private static func invoker(for folder: StoreFolder) -> UInt32? {
        guard let text = getenv("SUDO_UID"), let userID = UInt32(String(cString: text)) else { return nil }
        var status = stat()
        // Before there is a folder, whoever makes it will own it.
        guard stat(folder.path, &status) == 0 else { return userID }
        return status.st_uid == geteuid() ? userID : nil
    }

    private static func accountName(_ userID: UInt32) -> String? {
        var buffer = [CChar](repeating: 0, count: 16_384)
        var account = passwd()
        var found: UnsafeMutablePointer<passwd>?
        guard getpwuid_r(userID, &account, &buffer, buffer.count, &found) == 0, found != nil, let name = account.pw_name
        else { return nil }
        return String(cString: name)
    }
}
