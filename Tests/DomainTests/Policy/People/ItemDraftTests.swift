import Domain
import Testing

struct ItemDraftTests {
    @Test(arguments: ItemKind.allCases)
    func `a draft of an item is the item, and changes nothing`(kind: ItemKind) throws {
        for seed in 0..<500 as Range<UInt64> {
            var random = RandomItem(seed: seed)
            let item = try random.item(kind)
            let draft = ItemDraft(kind, item: item)
            #expect(try draft.item() == item, "seed \(seed)")
            #expect(!draft.hasChanges)
            #expect(draft.edit == nil)
        }
    }

    @Test(arguments: ItemKind.allCases)
    func `an item can be typed anew from the texts of its draft`(kind: ItemKind) throws {
        guard kind != .settings else { return }
        for seed in 0..<300 as Range<UInt64> {
            var random = RandomItem(seed: seed)
            let item = try random.item(kind)
            var copy = ItemDraft(kind)
            copy["name"] = item.key.name
            for field in ItemDraft(kind, item: item).fields {
                guard !field.text.contains("\n") || field.id == "permissions" else { continue }
                copy[field.id] = field.text
            }
            #expect(try copy.item() == item, "seed \(seed)")
            #expect(copy.edit == PolicyEdit(key: item.key, before: nil, after: item))
        }
    }

    @Test func `a suggested item fills the draft, and is an edit of what was there`() throws {
        for kind in ItemKind.allCases {
            var random = RandomItem(seed: 5)
            let (before, after) = (try random.item(kind), try random.item(kind))
            var anew = ItemDraft(kind)
            anew.fill(from: after)
            #expect(try anew.item() == after)
            var draft = ItemDraft(kind, item: before)
            draft.fill(from: after)
            #expect(try draft.item().tree().json == after.tree().json)
            #expect(draft.original == before && draft.edit?.key == before.key)
            draft.fill(from: before)
            #expect(!draft.hasChanges)
        }
    }

    @Test func `a changed field is an edit of what was there`() throws {
        let client = PolicyItem.client(Client(name: try Name("acme"), tier: try Name("gold")))
        var draft = ItemDraft(.client, item: client)
        draft["status"] = "suspended"
        draft["roles"] = " reader,writer , admin "
        #expect(draft.hasChanges(in: "status") && !draft.hasChanges(in: "tier"))
        var after = Client(name: try Name("acme"), status: .suspended, tier: try Name("gold"))
        after.roles = [try Name("reader"), try Name("writer"), try Name("admin")]
        #expect(draft.edit == PolicyEdit(key: client.key, before: client, after: .client(after)))
        draft["status"] = "active"
        draft["roles"] = ""
        #expect(!draft.hasChanges && draft.edit == nil)
    }

    @Test(arguments: [
        ("1000/h burst 50", Quota.Window.rate(seconds: 3600), 1000, 50),
        ("100/min", .rate(seconds: 60), 100, 0),
        ("100 / 90s", .rate(seconds: 90), 100, 0),
        ("5 per s", .rate(seconds: 1), 5, 0),
        ("5000 per rolling 24h", .rolling(seconds: 86_400), 5000, 0),
        ("10000 per calendar day Europe/Berlin", .calendar(.day, zone: "Europe/Berlin"), 10_000, 0),
        ("10000 per calendar month", .calendar(.month, zone: "UTC"), 10_000, 0),
    ])
    func `a limit is written as people say it`(text: String, window: Quota.Window, limit: Int, burst: Int) throws {
        var draft = ItemDraft(.quota)
        draft["name"] = "q"
        draft["holder"] = "tier gold"
        draft["limit"] = text
        guard case .quota(let quota) = try draft.item() else { return }
        #expect(quota.window == window && quota.limit == limit && quota.burst == burst)
        #expect(quota.key == .client)
    }

    @Test func `a number alone changes how much, not per what`() throws {
        let quota = Quota(
            name: try Name("q"), holder: .client(try Name("acme")), key: .client, window: .rolling(seconds: 60),
            limit: 10, burst: 3)
        var draft = ItemDraft(.quota, item: .quota(quota))
        draft["limit"] = "2000"
        var after = quota
        after.limit = 2000
        #expect(draft.edit?.after == .quota(after))
    }

    @Test(arguments: [
        (ItemKind.client, "name", "", "name", "is missing"),
        (.client, "name", "-x", "name", "can't begin with “-”"),
        (.client, "status", "actve", "status", "did you mean “active”?"),
        (.client, "tier", "a b", "tier", "can't hold"),
        (.client, "roles", "reader, bad!", "roles", "column 9: a name can't hold “!”"),
        (.client, "roles", "a, a", "roles", "stands here twice"),
        (.client, "expires", "tomorrow", "expires", "is no time"),
        (.role, "permissions", "allow GET /x\n\ndeny", "permissions[2]", "column 5: the methods are missing"),
        (.role, "permissions", "allow GET /x\n\nallow NO /", "permissions[2]", "column 7: there is no “NO”"),
        (.role, "parents", "+", "parents", "can't begin with"),
        (.route, "path", "", "path", "is missing"),
        (.route, "path", "users", "path", "begins with /"),
        (.route, "methods", "GET,PSOT", "methods", "did you mean “POST”?"),
        (.route, "classification", "secret", "classification", "there are: public"),
        (.route, "cost", "many", "cost", "is no whole number"),
        (.route, "sunset", "12:00", "sunset", "is no time"),
        (.quota, "holder", "", "holder", "is missing"),
        (.quota, "holder", "gold", "holder", "write “tier gold” or “client acme”"),
        (.quota, "holder", "tier", "holder", "column 5: the tier's name is missing"),
        (.quota, "holder", "tier gold acme", "holder", "column 11: a quota has one holder"),
        (.quota, "holder", "tier !", "holder", "can't begin with"),
        (.quota, "key", "clint", "key", "did you mean “client”?"),
        (.quota, "limit", "", "limit", "is missing"),
        (.quota, "limit", "1000", "limit", "say per what"),
        (.quota, "limit", "lots/h", "limit", "column 1: “lots” is no whole number"),
        (.quota, "limit", "10/hou", "limit", "column 4: “hou” is no time span"),
        (.quota, "limit", "10/month", "limit", "10000 per calendar month"),
        (.quota, "limit", "10/h burst", "limit", "column 6: end with the burst"),
        (.quota, "limit", "10/h often", "limit", "column 6: only “burst”"),
        (.quota, "limit", "10 hours", "limit", "column 4: after the number"),
        (.quota, "limit", "10 per calendar week", "limit", "column 17: there is no calendar “week”"),
        (.quota, "limit", "10 per rolling", "limit", "5000 per rolling 24h"),
        (.quota, "adaptive", "300 from 1 to 2", "adaptive", "300% from 100 to 5000"),
        (.quota, "on_counter_failure", "ignore", "on_counter_failure", "there is no “ignore”"),
        (.operator, "user_id", "root", "user_id", "is no whole number"),
        (.operator, "user_id", "-1", "user_id", "is no user id"),
        (.operator, "duties", "watch, edti", "duties", "column 8: there is no “edti”; did you mean “edit”?"),
        (.operator, "duties", "", "duties", "is missing"),
        (.settings, "break_glass", "soon", "break_glass", "is no time span"),
        (.settings, "approvals", "everything", "approvals", "there is no “everything”"),
        (.settings, "default_tier", "a/b", "default_tier", "can't hold"),
        (.scope, "name", "a b", "name", "can't hold"),
        (.tier, "name", String(repeating: "x", count: 65), "name", "too long"),
    ])
    func `a wrong value is told at its field`(
        kind: ItemKind, field: String, value: String, place: String, part: String
    ) {
        var draft = ItemDraft(kind)
        draft["name"] = "new-one"
        draft["holder"] = "tier gold"
        draft["limit"] = "1/s"
        draft["path"] = "/x"
        draft["methods"] = "all"
        draft["user_id"] = "7"
        draft["duties"] = "watch"
        #expect(draft.problems.isEmpty)
        draft[field] = value
        #expect(draft.problems.count == 1)
        #expect(draft.problems.first?.field == place)
        #expect(draft.problems.first?.message.contains(part) == true, "\(draft.problems)")
        #expect(draft.edit == nil)
        #expect(throws: TreeProblems.self) { try draft.item() }
    }

    @Test func `no approvals is said, not left empty`() throws {
        var draft = ItemDraft(.settings, item: .settings(PolicySettings()))
        draft["approvals"] = "none"
        #expect(try draft.item() == .settings(PolicySettings(approvals: [])))
        draft["approvals"] = ""
        #expect(try draft.item() == .settings(PolicySettings()))
    }

    @Test func `a new client says when it was made`() throws {
        var draft = ItemDraft(.client, now: Timestamp(microseconds: 1_700_000_000_900_000))
        #expect(!draft.hasChanges)
        draft["name"] = "acme"
        let made = Client(name: try Name("acme"), created: Timestamp(seconds: 1_700_000_000))
        #expect(try draft.item() == .client(made))
    }

    @Test func `every field says what it is for`() {
        for kind in ItemKind.allCases {
            let fields = ItemDraft(kind).fields
            #expect(Set(fields.map(\.id)).count == fields.count)
            for field in fields { #expect(!field.help.isEmpty && !field.label.isEmpty) }
        }
    }
}
