import Domain

/// Items that use every field of their kind, with the JSON that they are kept in.
enum DocumentExamples {
    static let items: [(kind: ItemKind, name: String, json: String)] = [
        (
            .settings, "policy",
            #"{"anonymous_roles":["guest"],"anonymous_tier":"anonymous","default_tier":"standard","#
                + #""authentication_levels":["pwd","mfa"],"approvals":["deny-removed","operators"],"break_glass":"30m","#
                + #""issuer":"https://id.example","audience":"api","token_lifetime":"5m"}"#
        ),
        (.scope, "orders:read/all", #"{"note":"Read every order"}"#),
        (
            .role, "user",
            #"{"note":"Knows \"itself\"\n\u00fcber","parents":["guest"],"permissions":["#
                + #"{"allow":["GET","PUT"],"path":"/users/{id}","conditions":[{"owner":{"variable":"id","claim":"sub"}}]},"#
                + #"{"deny":"all","path":"*","conditions":[{"networks":["10.0.0.0/8","2001:db8::/32","::1"]},"#
                + #"{"time":{"from":"22:00","to":"24:00","days":["mon","sun"],"zone":"Europe/Berlin"}},"#
                + #"{"classification":"internal"},{"mtls":true},{"acr":"mfa"},{"token_age":"5m"},"#
                + #"{"header":{"name":"x-region","value":"eu"}}]},{"allow":[],"path":"/"}]}"#
        ),
        (
            .route, "user",
            #"{"path":"/users/{id}","methods":["GET","PUT"],"scopes":["users:read"],"classification":"restricted","#
                + #""cost":5,"upstream":"http://10.0.0.7:8080","version":"v1","deprecated":"2026-11-20T00:00Z","#
                + #""sunset":"2027-01-01T12:30:00.25Z","schema":"user","note":"Its own data"}"#
        ),
        (.tier, "standard", "{}"),
        (
            .quota, "standard-hourly",
            #"{"tier":"standard","key":"client-route","window":"rolling 1h","limit":1000,"burst":3,"path":"/reports/*","#
                + #""adaptive":{"percent":300,"floor":100,"ceiling":5000},"on_counter_failure":"admit","note":"n"}"#
        ),
        (
            .quota, "acme-monthly",
            #"{"client":"acme","key":"address","window":"calendar month Europe/Berlin","limit":1,"burst":0,"#
                + #""on_counter_failure":"refuse"}"#
        ),
        (
            .client, "acme",
            #"{"owner":"ops@acme.example","status":"suspended","tier":"standard","roles":["user"],"#
                + #""scopes":["orders:read/all"],"created":"2026-11-20T08:00:00.000001Z","expires":"2027-11-20T00:00Z","#
                + #""note":"Invoice 7"}"#
        ),
        (.operator, "maria", #"{"user_id":1000,"duties":["watch","edit","revoke","approve"],"note":"on call"}"#),
    ]
}
