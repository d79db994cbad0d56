import Foundation

/// Strings that have broken other programs, from Tests/Fixtures/naughty.
enum NaughtyStrings {
    /// Each line of every file, and the bytes of every payload, as they are.
    static let all: [[UInt8]] = lists + payloads + sources

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/naughty")

    static let lists: [[UInt8]] = lines(of: "blns.txt").filter { $0.first != UInt8(ascii: "#") }

    /// Escape sequences, spelled in hexadecimal in the file.
    static let payloads: [[UInt8]] = lines(of: "terminal-escape-payloads.jsonl").compactMap { line in
        guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any],
            let digits = object["hex"] as? String
        else { return nil }
        var bytes: [UInt8] = []
        var rest = digits[...]
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    static let sources: [[UInt8]] = [
        "trojan-commenting-out.py.txt", "trojan-stretched-string.js.txt", "trojan-homoglyph.c.txt",
        "trojan-invisible.sh.txt",
    ]
    .flatMap(lines)

    /// The path of a file that holds everything, a string a line.
    static func path(of name: String) -> String {
        folder.appending(path: name).path
    }

    private static func lines(of name: String) -> [[UInt8]] {
        guard let data = FileManager.default.contents(atPath: path(of: name)) else { return [] }
        return data.split(separator: 0x0A).map(Array.init)
    }
}
