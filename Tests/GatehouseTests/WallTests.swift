import Foundation
import Testing

/// What each target may import beyond the standard library is told in `Sources/ARCHITECTURE.md`; this holds it to that.
struct WallTests {
    private static let homes: [(module: String, targets: Set<String>)] = [
        ("GRDB", ["Store"]), ("GRDBSQLite", ["Store"]), ("SQLite3", ["Store"]),
        ("CTerminal", ["Terminal"]),
        ("Yams", ["gatehouse"]), ("ArgumentParser", ["gatehouse"]),
        ("Foundation", ["Store", "Pipeline", "gatehouse"]),
        ("FoundationEssentials", ["Store", "Pipeline", "gatehouse"]),
        ("Crypto", ["Domain", "Store", "gatehouse"]), ("CryptoExtras", ["Domain"]),
        ("Store", ["gatehouse"]), ("Pipeline", ["gatehouse"]), ("Console", ["gatehouse"]), ("Themes", ["gatehouse"]),
        ("LogFormats", ["Pipeline", "gatehouse"]), ("Terminal", ["Console", "gatehouse"]),
    ]

    @Test func `no import crosses a wall`() throws {
        let sources = ProjectFolder.path + "/Sources"
        var seen = 0
        for case let file as String in try #require(FileManager.default.enumerator(atPath: sources)) {
            guard file.hasSuffix(".swift"), let target = file.split(separator: "/").first.map(String.init) else {
                continue
            }
            let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else { continue }
                let module = words[index + 1].split(separator: ".")[0]
                seen += 1
                guard let home = Self.homes.first(where: { $0.module == module }) else { continue }
                #expect(home.targets.contains(target), "Sources/\(file) imports \(module)")
            }
        }
        #expect(seen > 100, "the sources were not found")
    }

    @Test func `the top level holds nothing unexpected`() throws {
        let allowed: Set<String> = ["Package.swift", "Sources", "Tests", "Themes", "README.md"]
        let entries = try FileManager.default.contentsOfDirectory(atPath: ProjectFolder.path)
        let unexpected = entries.filter { !$0.hasPrefix(".") && $0 != "Package.resolved" && !allowed.contains($0) }
        #expect(unexpected.isEmpty)
    }
}

/// The folder that holds `Package.swift`.
enum ProjectFolder {
    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
}
