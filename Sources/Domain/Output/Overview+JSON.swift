extension Overview {
    /// The overview as one line of JSON, as `gatehouse overview --json` has it.
    ///
    /// In the series, counts of a time in which no source was read are null: a gap is no zero.
    package var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("requests", totals.requests)
            writer.name("rate")
            writer.number(rate)
            writer.name("outcomes")
            writer.object { $0.members(totals) }
            writer.name("latency_us")
            writer.object { writer in
                writer.member("p50", latency.quantile(0.5))
                writer.member("p95", latency.quantile(0.95))
                writer.member("p99", latency.quantile(0.99))
                writer.member("max", latency.count > 0 ? latency.maximum : nil)
            }
            writer.list("clients", clients)
            writer.list("routes", routes)
            writer.list("addresses", addresses)
            writer.name("series")
            writer.array { writer in
                for bucket in series { writer.bucket(bucket) }
            }
        }
        return writer.text
    }

    /// Requests a second over the window, to three decimals.
    package var rate: Double {
        let seconds = window.seconds
        guard seconds > 0 else { return 0 }
        return (Double(totals.requests) / seconds * 1000).rounded() / 1000
    }
}

extension JSONWriter {
    fileprivate mutating func members(_ counts: OutcomeCounts?) {
        for outcome in Outcome.allCases { member(outcome.name, counts.map { $0[outcome] }) }
    }

    fileprivate mutating func list(_ name: String, _ items: [Overview.Ranked]) {
        self.name(name)
        array { writer in
            for item in items {
                writer.object { writer in
                    writer.member("name", item.name)
                    // Two routes can share a name; clients and addresses have no method.
                    if let method = item.method { writer.member("method", method) }
                    writer.member("requests", item.counts.requests)
                    writer.members(item.counts)
                    writer.member("latency_p95_us", item.latency)
                }
            }
        }
    }

    fileprivate mutating func bucket(_ bucket: Overview.Bucket) {
        object { writer in
            writer.member("time", TimeText.rfc3339(bucket.start))
            writer.members(bucket.isCovered || bucket.counts.requests > 0 ? bucket.counts : nil)
        }
    }
}
