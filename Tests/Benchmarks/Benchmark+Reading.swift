// What is measured from files to an answer, beside goaccess and lnav doing the same with the same file.

import Domain
import Foundation

extension Benchmark {
    /// `gatehouse ingest LOG` against `goaccess LOG --log-format=COMBINED -o out.json` and `lnav -n -c ';SELECT 1' LOG`,
    /// which indexes and prints one number rather than the log.
    ///
    /// Ours ends when everything is committed and synced. The fastest of all rounds counts for each.
    static let ingest = Benchmark(
        name: "ingest",
        what: "durable ingest of combined lines (rows, dictionaries, rollups, hash chain; all committed)",
        bar: "20× goaccess", aim: "1M lines/s, over 40×, and no slower than lnav merely indexing"
    ) { bench in
        let log = try bench.log()
        let lines = Double(bench.sizes.log)
        let ours = try bench.fastest {
            let store = bench.path("ingested")
            try? FileManager.default.removeItem(atPath: store)
            return try bench.time([bench.program, "ingest", "--store", store, log])
        }
        let goaccess = try peer("goaccess", bench) {
            try bench.time(["goaccess", log, "--log-format=COMBINED", "--no-progress", "-o", bench.path("out.json")])
        }
        let lnav = try peer("lnav", bench) { try bench.time(["lnav", "-n", "-c", ";SELECT 1", log]) }
        func rate(_ time: Duration) -> String { "\(Figures.rate(lines / (time / .seconds(1)))) lines/s" }
        return Result(
            ours: rate(ours),
            peer: "goaccess: \(goaccess.map(rate) ?? "not installed"); lnav: \(lnav.map(rate) ?? "not installed")",
            ratio: [goaccess, lnav].map { $0.map { Figures.ratio($0 / ours) } ?? "–" }.joined(separator: "; "))
    }

    /// `gatehouse overview --filter status:401,403 --since all` against `lnav -n -c ';SELECT …' LOG`.
    static let query = Benchmark(
        name: "query", what: "“top ten addresses by 401 and 403” from a cold process", bar: "10× lnav's SQL", aim: "50×"
    ) { bench in
        let (log, store) = (try bench.log(), try bench.store())
        let words = ["overview", "--store", store, "--since", "all", "--filter", "status:401,403", "--json"]
        let output = bench.path("top.json")
        let ours = try bench.fastest { try bench.time([bench.program] + words, output: output) }
        let sql = """
            ;SELECT c_ip, count(*) AS n FROM access_log WHERE sc_status IN (401, 403) \
            GROUP BY c_ip ORDER BY n DESC LIMIT 10
            """
        let table = bench.path("top.csv")
        let lnav = try peer("lnav", bench) {
            try bench.time(["lnav", "-n", "-c", sql, "-c", ":write-csv-to \(table)", log])
        }
        if lnav != nil { try compare(ours: output, lnav: table) }
        return Result(
            ours: Figures.milliseconds(ours), peer: lnav.map { "lnav: \(Figures.milliseconds($0))" } ?? "not installed",
            ratio: lnav.map { Figures.ratio($0 / ours) } ?? "–")
    }

    static let size = Benchmark(
        name: "size", what: "store size per event", bar: "≤ 80 bytes", aim: "≤ 45"
    ) { bench in
        let store = try bench.store()
        let size = Double(bench.bytes(in: store)) / Double(bench.sizes.log)
        return Result(ours: "\(Figures.three(size)) bytes")
    }

    private static func peer(_ name: String, _ bench: Workbench, _ body: () throws -> Duration) throws -> Duration? {
        bench.isInstalled(name) ? try bench.fastest(body) : nil
    }

    /// An answer counts only if it is right: both must give the same counts.
    private static func compare(ours: String, lnav: String) throws {
        struct Answer: Decodable {
            struct Address: Decodable {
                var requests: Int
            }
            var addresses: [Address]
        }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(contentsOf: URL(filePath: ours)))
        let theirs = ProcessFiles.text(lnav).split(separator: "\n").dropFirst().compactMap { line in
            line.split(separator: ",").last.flatMap { Int($0) }
        }
        guard answer.addresses.map(\.requests) == theirs else {
            throw BenchmarkError("top ten: ours \(answer.addresses.map(\.requests)), lnav's \(theirs)")
        }
    }
}
