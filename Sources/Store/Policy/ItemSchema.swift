/// The active policy, in tables that SQLite guards; `policy_items` says which version set each item last.
enum ItemSchema {
    /// The words of `ItemKind` as an SQL list.
    static let kinds = "('settings', 'scope', 'role', 'route', 'tier', 'quota', 'client', 'operator')"

    static let step1 = """
        CREATE TABLE policy_items (
            kind TEXT NOT NULL CHECK (kind IN \(kinds)),
            name TEXT NOT NULL,
            version INTEGER NOT NULL REFERENCES policy_versions (number) DEFERRABLE INITIALLY DEFERRED,
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            PRIMARY KEY (kind, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE scopes (
            name TEXT PRIMARY KEY CHECK (\(name(128))),
            note TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        \(uniqueWithoutCase("scopes"))

        CREATE TABLE tiers (
            name TEXT PRIMARY KEY CHECK (\(name())),
            note TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        \(uniqueWithoutCase("tiers"))

        CREATE TABLE roles (
            name TEXT PRIMARY KEY CHECK (\(name())),
            note TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        \(uniqueWithoutCase("roles"))
        CREATE TABLE role_parents (
            role TEXT NOT NULL \(part(of: "roles")),
            position INTEGER NOT NULL CHECK (position >= 0),
            parent TEXT NOT NULL \(reference("roles")) CHECK (parent <> role),
            PRIMARY KEY (role, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX role_parents_by_parent ON role_parents (parent);
        CREATE TABLE permissions (
            role TEXT NOT NULL \(part(of: "roles")),
            position INTEGER NOT NULL CHECK (position >= 0),
            effect TEXT NOT NULL CHECK (effect IN ('allow', 'deny')),
            methods INTEGER NOT NULL CHECK (methods BETWEEN 1 AND 511),
            pattern TEXT NOT NULL CHECK (pattern = '*' OR pattern GLOB '/*'),
            conditions TEXT NOT NULL CHECK (json_valid(conditions) AND json_type(conditions) = 'array'),
            PRIMARY KEY (role, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE routes (
            name TEXT PRIMARY KEY CHECK (\(name())),
            pattern TEXT NOT NULL CHECK (pattern = '*' OR pattern GLOB '/*'),
            methods INTEGER NOT NULL CHECK (methods BETWEEN 1 AND 511),
            classification TEXT NOT NULL CHECK
                (classification IN ('public', 'internal', 'confidential', 'restricted')),
            cost INTEGER NOT NULL CHECK (cost BETWEEN 1 AND 1000),
            upstream TEXT NOT NULL,
            version TEXT NOT NULL,
            deprecated INTEGER,
            sunset INTEGER,
            schema TEXT NOT NULL,
            note TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        \(uniqueWithoutCase("routes"))
        CREATE TABLE route_scopes (
            route TEXT NOT NULL \(part(of: "routes")),
            position INTEGER NOT NULL CHECK (position >= 0),
            scope TEXT NOT NULL \(reference("scopes")),
            PRIMARY KEY (route, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX route_scopes_by_scope ON route_scopes (scope);

        CREATE TABLE clients (
            name TEXT PRIMARY KEY CHECK (\(name())),
            owner TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('active', 'suspended')),
            tier TEXT \(reference("tiers")),
            created INTEGER,
            expires INTEGER,
            note TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        \(uniqueWithoutCase("clients"))
        CREATE INDEX clients_by_tier ON clients (tier) WHERE tier IS NOT NULL;
        CREATE TABLE client_roles (
            client TEXT NOT NULL \(part(of: "clients")),
            position INTEGER NOT NULL CHECK (position >= 0),
            role TEXT NOT NULL \(reference("roles")),
            PRIMARY KEY (client, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX client_roles_by_role ON client_roles (role);
        CREATE TABLE client_scopes (
            client TEXT NOT NULL \(part(of: "clients")),
            position INTEGER NOT NULL CHECK (position >= 0),
            scope TEXT NOT NULL \(reference("scopes")),
            PRIMARY KEY (client, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX client_scopes_by_scope ON client_scopes (scope);

        CREATE TABLE quotas (
            name TEXT PRIMARY KEY CHECK (\(name())),
            tier TEXT \(reference("tiers")),
            client TEXT \(reference("clients")),
            key TEXT NOT NULL CHECK (key IN ('client', 'subject', 'address', 'client-route')),
            window TEXT NOT NULL CHECK (window IN ('rate', 'rolling', 'calendar')),
            seconds INTEGER CHECK (seconds > 0),
            unit TEXT CHECK (unit IN ('hour', 'day', 'month')),
            zone TEXT,
            "limit" INTEGER NOT NULL CHECK ("limit" > 0),
            burst INTEGER NOT NULL CHECK (burst >= 0),
            pattern TEXT CHECK (pattern = '*' OR pattern GLOB '/*'),
            adaptive_percent INTEGER CHECK (adaptive_percent > 0),
            adaptive_floor INTEGER CHECK (adaptive_floor > 0),
            adaptive_ceiling INTEGER CHECK (adaptive_ceiling >= adaptive_floor),
            on_counter_failure TEXT NOT NULL CHECK (on_counter_failure IN ('refuse', 'admit')),
            note TEXT NOT NULL,
            CHECK ((tier IS NULL) <> (client IS NULL)),
            CHECK ((window = 'calendar') = (seconds IS NULL)),
            CHECK ((window = 'calendar') = (unit IS NOT NULL) AND (unit IS NULL) = (zone IS NULL)),
            CHECK ((adaptive_percent IS NULL) = (adaptive_floor IS NULL)
                AND (adaptive_percent IS NULL) = (adaptive_ceiling IS NULL))
        ) STRICT, WITHOUT ROWID;
        \(uniqueWithoutCase("quotas"))
        CREATE INDEX quotas_by_tier ON quotas (tier);
        CREATE INDEX quotas_by_client ON quotas (client);

        CREATE TABLE operators (
            name TEXT PRIMARY KEY CHECK (\(name())),
            user_id INTEGER NOT NULL UNIQUE CHECK (user_id BETWEEN 0 AND 4294967295),
            note TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        \(uniqueWithoutCase("operators"))
        CREATE TABLE operator_duties (
            operator TEXT NOT NULL \(part(of: "operators")),
            duty TEXT NOT NULL CHECK (duty IN ('watch', 'edit', 'revoke', 'approve')),
            PRIMARY KEY (operator, duty)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE settings (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            anonymous_tier TEXT \(reference("tiers")),
            default_tier TEXT \(reference("tiers")),
            break_glass_seconds INTEGER NOT NULL CHECK (break_glass_seconds > 0),
            issuer TEXT NOT NULL,
            audience TEXT NOT NULL,
            token_seconds INTEGER NOT NULL CHECK (token_seconds > 0)
        ) STRICT;
        \(PolicySchema.kept("settings", "the settings"))
        CREATE TABLE anonymous_roles (
            position INTEGER PRIMARY KEY CHECK (position >= 0),
            role TEXT NOT NULL \(reference("roles"))
        ) STRICT;
        CREATE TABLE authentication_levels (
            position INTEGER PRIMARY KEY CHECK (position >= 0),
            level TEXT NOT NULL
        ) STRICT;
        CREATE TABLE approvals (
            danger TEXT PRIMARY KEY
        ) STRICT, WITHOUT ROWID;
        """

    /// What holds for a name, in bytes; `Name` says the rest.
    private static func name(_ limit: Int = 64) -> String {
        "length(CAST(name AS BLOB)) BETWEEN 1 AND \(limit) AND name NOT GLOB '*[^-A-Za-z0-9._:/]*'"
    }

    private static func uniqueWithoutCase(_ table: String) -> String {
        "CREATE UNIQUE INDEX \(table)_without_case ON \(table) (name COLLATE NOCASE);"
    }

    /// Checked when a change is complete, so that its edits may come in any order.
    private static func reference(_ table: String) -> String {
        "REFERENCES \(table) (name) DEFERRABLE INITIALLY DEFERRED"
    }

    private static func part(of table: String) -> String {
        "REFERENCES \(table) (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
    }
}
