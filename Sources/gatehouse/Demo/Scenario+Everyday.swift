extension Scenario {
    private static let mobileAgents = [
        "AcmeShop/8.4.1 (iPhone; iOS 18.5; Scale/3.00)", "AcmeShop/8.4.1 (Android 15; Pixel 9; okhttp/4.12.0)",
        "AcmeShop/8.4.0 (Android 14; SM-S921B; okhttp/4.12.0)", "AcmeShop/8.3.2 (iPhone; iOS 17.7.2; Scale/3.00)",
        "AcmeShop/8.2.0 (Android 13; 2201117TG; okhttp/4.11.0)",
    ]
    private static let browserAgents = [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    ]

    /// An ordinary shop's API on an ordinary day.
    static let shop = Scenario(
        routes: routes,
        clients: [
            Client(
                name: "mobile-app", weight: 52, network: .people, agents: mobileAgents, subjects: 6000, referrer: nil,
                habits: habits([
                    ("GET /v1/products", 30), ("GET /v1/products/{id}", 34), ("GET /v1/search", 16),
                    ("GET /v1/cart", 18), ("POST /v1/cart/items", 9), ("DELETE /v1/cart/items/{id}", 2),
                    ("POST /v1/orders", 4), ("GET /v1/orders", 7), ("GET /v1/orders/{id}", 8),
                    ("GET /v1/users/{id}", 6), ("PUT /v1/users/{id}/address", 1), ("POST /oauth/token", 5),
                    ("GET /v1/recommendations/{id}", 12), ("POST /v1/devices", 1),
                ]),
                mishaps: [
                    Mishap(probability: 0.006, status: 401, reason: "token_expired", route: nil),
                    Mishap(
                        probability: 0.02, status: 403, reason: "condition_failed:owner", route: "GET /v1/users/{id}"),
                    Mishap(probability: 0.01, status: 404, reason: nil, route: "GET /v1/products/{id}"),
                    Mishap(probability: 0.02, status: 422, reason: "schema_mismatch", route: "POST /v1/cart/items"),
                    Mishap(probability: 0.0006, status: 503, reason: "upstream_unavailable", route: nil),
                ]),
            Client(
                name: "web-spa", weight: 14, network: .people, agents: browserAgents, subjects: 2500,
                referrer: "https://shop.example.com/",
                habits: habits([
                    ("GET /v1/products", 20), ("GET /v1/products/{id}", 30), ("GET /v1/search", 20),
                    ("GET /v1/cart", 12),
                    ("POST /v1/cart/items", 5), ("POST /v1/orders", 2), ("GET /v1/orders/{id}", 5),
                    ("GET /v1/users/{id}", 5), ("GET /v1/reviews/{id}", 9), ("POST /v1/reviews", 1),
                ]),
                mishaps: [
                    Mishap(probability: 0.008, status: 401, reason: "token_expired", route: nil),
                    Mishap(
                        probability: 0.03, status: 403, reason: "condition_failed:owner", route: "GET /v1/users/{id}"),
                    Mishap(probability: 0.04, status: 400, reason: "schema_mismatch", route: "POST /v1/reviews"),
                ]),
            Client(
                name: "partner-acme", weight: 9, network: .fixed(["192.0.2.180", "192.0.2.181"]),
                agents: ["acme-sync/3.2 (+https://acme.example/api)"], subjects: 0, referrer: nil,
                habits: habits([
                    ("GET /v1/orders", 30), ("GET /v1/orders/{id}", 30), ("PUT /v1/orders/{id}/status", 10),
                    ("GET /v1/products", 8), ("GET /v1/exports/{id}", 2), ("POST /oauth/token", 1),
                ]),
                mishaps: [
                    Mishap(probability: 0.002, status: 409, reason: nil, route: "PUT /v1/orders/{id}/status")
                ]),
            Client(
                name: "partner-globex", weight: 4, network: .fixed(["198.51.100.64"]),
                agents: ["python-requests/2.32.4"], subjects: 0, referrer: nil,
                habits: habits([("GET /v1/products", 10), ("GET /v1/products/{id}", 20), ("GET /v1/exports/{id}", 1)]),
                mishaps: [
                    Mishap(probability: 0.01, status: 429, reason: "quota_exceeded:client", route: nil)
                ]),
            Client(
                name: "svc-billing", weight: 8, network: .inside(subnet: 20, hosts: 6), agents: ["Go-http-client/2.0"],
                subjects: 0, referrer: nil,
                habits: habits([
                    ("POST /v1/payments", 20), ("GET /v1/payments/{id}", 25), ("GET /v1/orders/{id}", 30),
                    ("POST /v1/invoices", 12), ("GET /v1/invoices/{id}", 8),
                ]),
                mishaps: [
                    Mishap(probability: 0.003, status: 502, reason: "upstream_error", route: "POST /v1/payments")
                ]),
            Client(
                name: "svc-search", weight: 6, network: .inside(subnet: 21, hosts: 4),
                agents: ["Java-http-client/21.0.7"], subjects: 0, referrer: nil,
                habits: habits([
                    ("GET /v1/products", 40), ("GET /v1/products/{id}", 40), ("GET /v1/reviews/{id}", 20),
                    ("GET /admin/reports", 2),
                ]),
                mishaps: [
                    Mishap(probability: 1, status: 403, reason: "scope_missing", route: "GET /admin/reports")
                ]),
            Client(
                name: "iot-fleet", weight: 5, network: .things, agents: ["scale-fw/2.7.0", "scale-fw/2.6.3"],
                subjects: 400, referrer: nil,
                habits: habits([("POST /v1/telemetry", 50), ("GET /v1/devices/{id}/config", 8)]),
                mishaps: [
                    Mishap(probability: 0.004, status: 413, reason: "body_too_large", route: "POST /v1/telemetry"),
                    Mishap(probability: 0.01, status: 401, reason: "certificate_expired", route: nil),
                ]),
            Client(
                name: "backoffice", weight: 2, network: .inside(subnet: 30, hosts: 20), agents: browserAgents,
                subjects: 40, referrer: "https://office.example.com/orders",
                habits: habits([
                    ("GET /v1/orders", 10), ("GET /v1/orders/{id}", 14), ("GET /v1/users/{id}", 8),
                    ("GET /admin/reports", 3), ("POST /v1/refunds", 1), ("GET /v1/exports/{id}", 1),
                ]),
                mishaps: [
                    Mishap(probability: 0.2, status: 403, reason: "no_permission", route: "POST /v1/refunds"),
                    Mishap(probability: 0.1, status: 403, reason: "condition_failed:ip", route: "GET /admin/reports"),
                ]),
        ],
        guesses: [
            "admin", "api", "app", "backend", "billing", "checkout", "ci", "crm", "cron", "dashboard", "data", "demo",
            "deploy", "dev", "erp", "export", "frontend", "gateway", "grafana", "internal", "jenkins", "kiosk",
            "legacy",
            "mobile-app", "monitor", "partner-acme", "partner-globex", "pos", "prod", "root", "service", "shop",
            "staging", "svc-billing", "svc-search", "sync", "test", "web", "web-spa", "worker",
        ],
        probes: [
            Probe(method: "GET", path: "/.env", status: 404, reason: nil),
            Probe(method: "GET", path: "/.git/config", status: 404, reason: nil),
            Probe(method: "GET", path: "/wp-login.php", status: 404, reason: nil),
            Probe(method: "POST", path: "/cgi-bin/luci/;stok=/locale", status: 400, reason: "path_ambiguous"),
            Probe(method: "GET", path: "/v1/..%2fadmin/reports", status: 400, reason: "path_ambiguous"),
            Probe(method: "GET", path: "/v1/%2e%2e/admin/reports", status: 400, reason: "path_ambiguous"),
            Probe(method: "GET", path: "/v1//admin//reports", status: 400, reason: "path_ambiguous"),
            Probe(method: "GET", path: "/actuator/env", status: 404, reason: nil),
            Probe(method: "GET", path: "/v1/users/1%00", status: 400, reason: "path_ambiguous"),
            Probe(method: "TRACE", path: "/", status: 405, reason: "method_not_allowed"),
            Probe(method: "GET", path: "/admin/reports", status: 401, reason: "token_missing"),
            Probe(method: "GET", path: "/swagger.json", status: 404, reason: nil),
        ])

    private static func habits(_ weights: [(name: String, weight: Double)]) -> Weighted<Route> {
        Weighted(
            weights.compactMap { name, weight in
                routes.first { $0.name == name }.map { ($0, weight: weight) }
            })
    }

    private static let routes: [Route] = routeTable.map { row in
        Route(
            method: row.method, template: row.template, latency: row.latency, spread: row.spread, bytes: row.bytes,
            query: row.query)
    }

    private static let routeTable:
        [(method: String, template: String, latency: Double, spread: Double, bytes: Double, query: [String])] = [
            (
                "GET", "/v1/products", 14_000, 0.45, 18_000,
                ["page=2", "page=3&sort=price", "category=shoes", "category=bags"]
            ),
            ("GET", "/v1/products/{id}", 6_000, 0.4, 2_400, []),
            (
                "GET", "/v1/search", 38_000, 0.6, 9_000,
                ["q=lamp", "q=rain+jacket", "q=desk&page=2", "q=boots&sort=new"]
            ),
            ("GET", "/v1/cart", 7_500, 0.4, 1_100, []),
            ("POST", "/v1/cart/items", 11_000, 0.4, 700, []),
            ("DELETE", "/v1/cart/items/{id}", 9_000, 0.4, 0, []),
            ("GET", "/v1/orders", 22_000, 0.5, 6_500, ["status=open", "since=2026-01-01&limit=50"]),
            ("POST", "/v1/orders", 64_000, 0.5, 900, []),
            ("GET", "/v1/orders/{id}", 12_000, 0.45, 1_800, []),
            ("PUT", "/v1/orders/{id}/status", 19_000, 0.4, 300, []),
            ("GET", "/v1/users/{id}", 5_000, 0.35, 800, []),
            ("PUT", "/v1/users/{id}/address", 13_000, 0.4, 400, []),
            ("GET", "/v1/recommendations/{id}", 48_000, 0.7, 4_200, []),
            ("GET", "/v1/reviews/{id}", 8_000, 0.4, 3_100, []),
            ("POST", "/v1/reviews", 17_000, 0.4, 500, []),
            ("POST", "/v1/payments", 210_000, 0.5, 600, []),
            ("GET", "/v1/payments/{id}", 9_000, 0.4, 600, []),
            ("POST", "/v1/invoices", 75_000, 0.5, 1_200, []),
            ("GET", "/v1/invoices/{id}", 26_000, 0.5, 84_000, ["format=pdf"]),
            ("GET", "/v1/exports/{id}", 480_000, 0.8, 2_600_000, []),
            ("POST", "/v1/refunds", 120_000, 0.5, 500, []),
            ("POST", "/v1/telemetry", 3_500, 0.3, 0, []),
            ("POST", "/v1/devices", 15_000, 0.4, 300, []),
            ("GET", "/v1/devices/{id}/config", 4_500, 0.3, 1_500, []),
            ("GET", "/admin/reports", 340_000, 0.6, 120_000, ["month=2026-10"]),
            ("POST", "/oauth/token", 31_000, 0.35, 1_300, []),
        ]
}
