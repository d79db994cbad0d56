import Domain
import LogFormats
import Testing

@Suite struct MappingTests {
    @Test func `a mapping reads any JSON`() throws {
        let mapping = try Mapping(
            name: "house",
            fields: [
                "time": .options(["path": "when.ms", "form": "epoch_ms"]), "status": .path("http.code"),
                "latency": .options(["path": "took", "unit": "us"]), "request": .path("line"),
                "client": .options(["path": "key", "secret": "true"]), "agent": .path("headers.user-agent"),
                "address": .path("peer"), "request_id": .path("ids"),
            ])
        let line = """
            {"when":{"ms":1795288608363},"http.code":403,"took":1500,"line":"GET /a?b HTTP/1.1","key":"s3cret",\
            "headers":{"user-agent":["curl/8"]},"peer":"[2001:db8::1]:443","ids":["r-1","r-2"]}
            """
        let expected = AccessEvent(
            time: Timestamp(microseconds: 1_795_288_608_363_000), outcome: .forbidden, status: 403, latency: 1500,
            texts: [
                .client: "key:1ec1c26b50d5", .address: "2001:db8::1", .method: "GET", .path: "/a", .query: "b",
                .agent: "curl/8", .requestID: "r-1",
            ])
        #expect(events(line, .mapping(mapping)) == [expected])
        #expect(reasons(#"{"when":{"ms":"soon"},"http.code":403}"#, .mapping(mapping)) == ["bad_time"])
    }

    @Test func `every mistake in a mapping is told at once, with what is allowed`() {
        let invalid = #expect(throws: Mapping.Invalid.self) {
            try Mapping(
                name: "house",
                fields: [
                    "colour": .path("x"), "latency": .options(["path": "d", "unit": "m"]), "path": .path("a..b"),
                ])
        }
        let problems = invalid?.problems ?? []
        #expect(problems.map(\.field) == ["colour", "latency", "path", "time"])
        #expect(
            problems.map(\.problem) == [
                "no such field", "`unit` can't be `m`", "`a..b` is no path", "is missing, and an event needs a time",
            ])
        #expect(
            problems.map(\.allowed) == [
                Mapping.fieldNames, ["ms", "ns", "s", "us"], ["names joined by dots, such as request.headers.host"],
                ["a path"],
            ])
    }
}
