import Domain
import Foundation
import Testing

private let hostile = AccessEvent(
    time: Timestamp(microseconds: 1_795_172_671_200_007), outcome: .forbidden, status: 403, latency: 1500, bytes: 0,
    texts: [
        .client: "=cmd|' /C calc'!A0", .path: "/a,\"b\"\\", .agent: "x\u{1b}[2J\u{202e}\u{2028}\n\u{e0041}é",
        .referrer: "-1+1", .subject: " spaced ",
    ])

struct OutputTests {
    @Test func `an event is one line of JSON in the order of the contract`() {
        let expected = #"""
            {"time":"2026-11-20T11:04:31.200007Z","node":null,"source":null,"client":"=cmd|' /C calc'!A0",\#
            "subject":" spaced ","token":null,"address":null,"method":null,"host":null,"path":"/a,\"b\"\\","query":null,\#
            "route":null,"status":403,"outcome":"forbidden","reason":null,"latency_us":1500,"bytes":0,\#
            "agent":"x\u001b[2J\u202e\u2028\u000a\udb40\udc41é","referrer":"-1+1","request_id":null}
            """#
        #expect(hostile.json == expected)
    }

    @Test func `an event is one line of CSV that no spreadsheet takes for a formula`() {
        #expect(
            AccessEvent.csvHeader
                == "time,node,source,client,subject,token,address,method,host,path,query,route,status,outcome,reason,"
                + "latency_us,bytes,agent,referrer,request_id")
        let expected = #"""
            2026-11-20T11:04:31.200007Z,,,'=cmd|' /C calc'!A0," spaced ",,,,,"/a,""b""\",,,403,forbidden,,1500,0,\#
            x\u001b[2J\u202e\u2028\u000a\udb40\udc41é,'-1+1,
            """#
        #expect(hostile.csv == expected)
    }

    @Test(arguments: ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1"])
    func `a cell that could be a formula is made text`(cell: String) {
        #expect(CSV.cell(cell).hasPrefix("'"))
    }

    @Test func `any text comes back from JSON as it was`() throws {
        var random = SeededGenerator(seed: 61)
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let limit: UInt32 = random.pick([0x80, 0x800, 0x3000, 0x10ffff])
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) { text.append(scalar) }
            }
            let event = AccessEvent(time: Timestamp(seconds: 0), outcome: .allowed, texts: [.path: String(text)])
            let object = try JSONSerialization.jsonObject(with: Data(event.json.utf8)) as? [String: Any]
            let path = try #require(object?["path"] as? String)
            #expect(path.unicodeScalars.elementsEqual(text))
            #expect(object?.count == 20)
            #expect(event.json.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f })
        }
    }

    @Test func `an overview is JSON with gaps as null`() {
        let start = Timestamp(seconds: 1_795_172_400)
        var overview = Overview(
            window: TimeWindow(start: start, end: start.advanced(by: 30_000_000)), bucketSeconds: 10)
        overview.totals = OutcomeCounts(allowed: 8, limited: 2)
        for latency: Int64 in [100, 200, 400] { overview.latency.record(latency) }
        var route = Overview.Ranked(
            name: "/v1/users/{id}", method: "GET", counts: OutcomeCounts(allowed: 8, limited: 2), latency: 400)
        route.requestsBefore = 3
        overview.routes = [route]
        overview.clients = [Overview.Ranked(name: "acme", counts: OutcomeCounts(limited: 2))]
        overview.series = [
            .init(start: start, counts: OutcomeCounts(allowed: 8, limited: 2), isCovered: true),
            .init(start: start.advanced(by: 10_000_000), counts: OutcomeCounts(), isCovered: false),
            .init(start: start.advanced(by: 20_000_000), counts: OutcomeCounts(), isCovered: true),
        ]
        let expected = #"""
            {"requests":10,"rate":0.333,"outcomes":{"allowed":8,"unauthenticated":0,"forbidden":0,"limited":2,\#
            "invalid":0,"failed":0},"latency_us":{"p50":208,"p95":400,"p99":400,"max":400},"clients":[{"name":"acme",\#
            "requests":2,"allowed":0,"unauthenticated":0,"forbidden":0,"limited":2,"invalid":0,"failed":0,\#
            "latency_p95_us":null}],"routes":[{"name":"/v1/users/{id}","method":"GET","requests":10,"allowed":8,\#
            "unauthenticated":0,"forbidden":0,"limited":2,"invalid":0,"failed":0,"latency_p95_us":400}],"addresses":[],\#
            "series":[{"time":"2026-11-20T11:00:00.000000Z","allowed":8,"unauthenticated":0,"forbidden":0,"limited":2,\#
            "invalid":0,"failed":0},{"time":"2026-11-20T11:00:10.000000Z","allowed":null,"unauthenticated":null,\#
            "forbidden":null,"limited":null,"invalid":null,"failed":null},{"time":"2026-11-20T11:00:20.000000Z",\#
            "allowed":0,"unauthenticated":0,"forbidden":0,"limited":0,"invalid":0,"failed":0}]}
            """#
        #expect(overview.json == expected)
    }

    @Test func `an empty overview has no rate and no quantiles`() {
        let overview = Overview(
            window: TimeWindow(start: Timestamp(seconds: 0), end: Timestamp(seconds: 0)), bucketSeconds: 1)
        #expect(overview.json.hasPrefix(#"{"requests":0,"rate":0,"#))
        #expect(overview.json.contains(#""latency_us":{"p50":null,"p95":null,"p99":null,"max":null}"#))
    }
}
