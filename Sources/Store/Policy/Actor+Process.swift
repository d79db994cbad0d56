package import Domain
import Glibc

extension Actor {
    /// Who runs this process: the real user id.
    ///
    /// Under sudo it is the user who called it, if the store belongs to the account that sudo changed to: then the
    /// rule for sudo is what lets people in, and the account itself is nobody's. Whoever only says so (`SUDO_UID`) isn't
    /// believed.
    package static func ofProcess(for folder: StoreFolder) -> Actor {
        let userID = believed(for: folder) ?? getuid()
        return Actor(name: accountName(userID) ?? "uid-\(userID)", userID: userID)
    }

    /// Who `SUDO_UID` says has called, where it isn't believed; nil where it is, or says nothing.
    package static func unbelieved(for folder: StoreFolder) -> UInt32? {
        guard let userID = claimed(for: folder), userID != getuid() else { return nil }
        return believed(for: folder) == nil ? userID : nil
    }

    private static func believed(for folder: StoreFolder) -> UInt32? {
        claimed(for: folder).flatMap { isCredible($0, account: getuid(), login: loginAccount()) ? $0 : nil }
    }

    private static func claimed(for folder: StoreFolder) -> UInt32? {
        guard let text = getenv("SUDO_UID"), let userID = UInt32(String(cString: text)) else { return nil }
        var status = stat()
        // Before there is a folder, whoever makes it will own it.
        let isOwner = stat(folder.path, &status) != 0 || status.st_uid == geteuid()
        return isOwner ? userID : nil
    }

    /// Whether a user has called sudo: who logged in stays known to the kernel through sudo, and only root can change
    /// that. Root can become anybody. Where nobody logged in (a container, a service) anybody could say anything.
    static func isCredible(_ userID: UInt32, account: UInt32, login: UInt32?) -> Bool {
        account == 0 || login == userID
    }

    /// The user who logged in, as the kernel's audit knows it (`loginuid` of proc(5)); nil where nobody did.
    private static func loginAccount() -> UInt32? {
        guard let file = fopen("/proc/self/loginuid", "re") else { return nil }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 16)
        let count = fread(&buffer, 1, buffer.count - 1, file)
        let digits = buffer.prefix(count).map { UInt8(bitPattern: $0) }
        guard let number = UInt32(String(decoding: digits, as: UTF8.self)), number != .max else { return nil }
        return number
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
