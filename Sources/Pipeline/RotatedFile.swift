import Glibc

/// A file beside a followed log that its rotation may have made: `access.log.1`, `access.log-20261121.gz`.
struct RotatedFile {
    let path: String
    let status: FileStatus
    /// Whether the name is one that rotation gives, so that its content is from the log even if it was never seen.
    let isSurelyRotated: Bool

    /// The files beside a log that start with its name, the least recently written first.
    static func beside(_ path: String) -> [RotatedFile] {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, !name.isEmpty else { return [] }
        let folder = parts.dropLast().joined(separator: "/") + "/"
        let stem = name.firstIndex(of: ".").map { $0 == name.startIndex ? name : name[..<$0] } ?? name
        return names(in: folder).compactMap { other in
            guard other != name, other.hasPrefix(stem), let status = FileStatus.of(folder + other),
                status.kind == .regular, status.size > 0
            else { return nil }
            return RotatedFile(
                path: folder + other, status: status, isSurelyRotated: isRotation(other, of: name, stem: stem))
        }.sorted { $0.status.modified < $1.status.modified }
    }

    /// Whether a name is a log's name with a number or a date: after it, or (logrotate's `extension`) before its end.
    static func isRotation(_ other: String, of name: Substring, stem: Substring) -> Bool {
        var other = other[...]
        if other.hasSuffix(".gz") { other = other.dropLast(3) }
        let ending = name.dropFirst(stem.count)
        let mark: Substring
        if other.hasPrefix(name) {
            mark = other.dropFirst(name.count)
        } else if !ending.isEmpty, other.hasPrefix(stem), other.hasSuffix(ending) {
            mark = other.dropFirst(stem.count).dropLast(ending.count)
        } else {
            return false
        }
        return mark.contains(where: \.isNumber) && mark.utf8.allSatisfy { Self.markBytes.contains($0) }
    }

    private static let markBytes = Set("0123456789.-_TZ:+".utf8)

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names
    }
}
