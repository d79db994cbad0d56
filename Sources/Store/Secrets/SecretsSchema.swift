/// The tables of credentials, tokens, revocations and sealed keys, which are never part of a policy.
enum SecretsSchema {
    static let step1 = [keys, credentials, tokens, revocations, states, rules].joined(separator: "\n")

    private static let keys = """
        CREATE TABLE master_key (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            id BLOB NOT NULL CHECK (length(id) = 16),
            since INTEGER NOT NULL
        ) STRICT;
        \(PolicySchema.kept("master_key", "what is known of the master key"))

        CREATE TABLE keys (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            kind TEXT NOT NULL CHECK (kind IN ('signing', 'pepper', 'checkpoint')),
            algorithm TEXT NOT NULL CHECK (algorithm IN ('ES256', 'EdDSA', 'RS256', 'HMAC')),
            public TEXT CHECK (public IS NULL OR json_valid(public)),
            state TEXT NOT NULL CHECK (state IN ('next', 'active', 'retiring', 'retired')),
            sealed BLOB CHECK (length(sealed) > 28),
            generation INTEGER NOT NULL CHECK (generation >= 1),
            created INTEGER NOT NULL,
            activated INTEGER,
            retiring INTEGER,
            ends INTEGER,
            CHECK ((kind = 'pepper') = (algorithm = 'HMAC') AND (kind = 'pepper') = (public IS NULL)),
            CHECK (kind <> 'checkpoint' OR algorithm = 'EdDSA'),
            CHECK (CASE state WHEN 'next' THEN sealed IS NOT NULL WHEN 'active' THEN sealed IS NOT NULL
                WHEN 'retiring' THEN (kind = 'pepper') = (sealed IS NOT NULL) ELSE sealed IS NULL END)
        ) STRICT;
        CREATE UNIQUE INDEX keys_one_active ON keys (kind, algorithm) WHERE state = 'active';
        CREATE UNIQUE INDEX keys_one_next ON keys (kind, algorithm) WHERE state = 'next';
        CREATE TRIGGER keys_stay_the_same BEFORE UPDATE OF number, name, kind, algorithm, public, created ON keys
        BEGIN SELECT RAISE(ABORT, 'a key can''t become another'); END;
        CREATE TRIGGER keys_move BEFORE UPDATE OF state ON keys
        WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN
            ('next>active', 'next>retired', 'active>retiring', 'active>retired', 'retiring>retired')
        BEGIN SELECT RAISE(ABORT, 'a key can''t go that way'); END;
        CREATE TRIGGER keys_are_sealed_anew BEFORE UPDATE OF sealed ON keys
        WHEN NEW.sealed IS NOT NULL AND NEW.generation <= OLD.generation
        BEGIN SELECT RAISE(ABORT, 'a key is sealed under a new generation'); END;
        \(PolicySchema.kept("keys", "a key"))
        """

    private static let credentials = """
        CREATE TABLE credentials (
            id INTEGER PRIMARY KEY,
            client TEXT NOT NULL CHECK (client <> ''),
            kind TEXT NOT NULL CHECK (kind IN ('secret', 'api-key', 'certificate')),
            prefix TEXT NOT NULL CHECK (length(prefix) = 8),
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            pepper INTEGER REFERENCES keys (number),
            created INTEGER NOT NULL,
            not_before INTEGER NOT NULL,
            expires INTEGER CHECK (expires >= not_before),
            replaced_by INTEGER REFERENCES credentials (id) CHECK (replaced_by > id),
            last_used INTEGER,
            last_used_from BLOB CHECK (length(last_used_from) = 16),
            CHECK ((kind = 'certificate') = (pepper IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX credentials_by_hash ON credentials (hash) WHERE kind <> 'certificate';
        CREATE INDEX credentials_by_thumbprint ON credentials (hash) WHERE kind = 'certificate';
        CREATE INDEX credentials_by_client ON credentials (client, kind);
        CREATE INDEX credentials_by_pepper ON credentials (pepper);
        CREATE TRIGGER credentials_stay_the_same
        BEFORE UPDATE OF id, client, kind, prefix, hash, pepper, created, not_before ON credentials
        BEGIN SELECT RAISE(ABORT, 'a credential can''t become another'); END;
        CREATE TRIGGER credentials_only_end_sooner BEFORE UPDATE OF expires, replaced_by ON credentials
        WHEN OLD.expires IS NOT NULL AND (NEW.expires IS NULL OR NEW.expires > OLD.expires)
            OR OLD.replaced_by IS NOT NULL AND NEW.replaced_by IS NOT OLD.replaced_by
        BEGIN SELECT RAISE(ABORT, 'a credential can only end sooner'); END;
        \(PolicySchema.kept("credentials", "a credential"))
        """

    private static let tokens = """
        CREATE TABLE families (
            id INTEGER PRIMARY KEY,
            client TEXT NOT NULL,
            subject TEXT NOT NULL,
            created INTEGER NOT NULL,
            reuse_detected INTEGER,
            grace_until INTEGER
        ) STRICT;
        CREATE TABLE tokens (
            number INTEGER PRIMARY KEY,
            jti TEXT NOT NULL CHECK (length(jti) BETWEEN 1 AND 64),
            hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
            form TEXT NOT NULL CHECK (form IN ('jwt', 'opaque')),
            kind TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
            issuer TEXT NOT NULL,
            client TEXT NOT NULL,
            subject TEXT NOT NULL,
            scopes TEXT NOT NULL CHECK (json_valid(scopes) AND json_type(scopes) = 'array'),
            roles TEXT CHECK (roles IS NULL OR json_valid(roles) AND json_type(roles) = 'array'),
            acr TEXT,
            family INTEGER NOT NULL REFERENCES families (id),
            parent INTEGER REFERENCES tokens (number),
            credential INTEGER REFERENCES credentials (id),
            thumbprint BLOB CHECK (length(thumbprint) = 32),
            key INTEGER REFERENCES keys (number),
            issued INTEGER NOT NULL,
            expires INTEGER NOT NULL CHECK (expires > issued),
            issued_from BLOB CHECK (length(issued_from) = 16),
            CHECK ((form = 'jwt') = (key IS NOT NULL))
        ) STRICT;
        CREATE UNIQUE INDEX tokens_by_jti ON tokens (jti);
        CREATE INDEX tokens_by_client ON tokens (client, expires);
        CREATE INDEX tokens_by_subject ON tokens (subject, expires) WHERE subject <> '';
        CREATE INDEX tokens_by_family ON tokens (family);
        CREATE INDEX tokens_by_key ON tokens (key, expires) WHERE key IS NOT NULL;
        CREATE TRIGGER tokens_are_not_changed BEFORE UPDATE ON tokens
        BEGIN SELECT RAISE(ABORT, 'a token can''t be changed'); END;
        """

    private static let revocations = """
        CREATE TABLE revocations (
            epoch INTEGER PRIMARY KEY CHECK (epoch >= 1),
            time INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN
                ('token', 'family', 'credential', 'client', 'subject', 'issuer', 'network', 'all')),
            target TEXT NOT NULL,
            issuer TEXT,
            low BLOB CHECK (length(low) = 16),
            high BLOB CHECK (length(high) = 16),
            before INTEGER,
            operator TEXT NOT NULL,
            operator_id INTEGER CHECK (operator_id BETWEEN 0 AND 4294967295),
            reason TEXT NOT NULL CHECK (reason <> ''),
            CHECK ((kind = 'token') = (issuer IS NOT NULL)),
            CHECK ((kind = 'network') = (low IS NOT NULL) AND (kind = 'network') = (high IS NOT NULL)),
            CHECK ((kind IN ('token', 'family', 'credential')) = (before IS NULL)),
            CHECK ((kind = 'all') = (target = ''))
        ) STRICT;
        CREATE INDEX revocations_by_target ON revocations (kind, target);
        CREATE TRIGGER revocations_follow BEFORE INSERT ON revocations
        WHEN NEW.epoch <> (SELECT coalesce(max(epoch), 0) + 1 FROM revocations)
        BEGIN SELECT RAISE(ABORT, 'epochs follow each other without gaps'); END;
        \(PolicySchema.fixed("revocations", "a revocation"))
        """

    /// Tokens and credentials with the first revocation that hits each: one place says what a revocation hits.
    private static let states = """
        CREATE VIEW token_states AS SELECT t.*, (\(first(RevocationRule.tokens, of: "t"))) AS revoked FROM tokens t;
        CREATE VIEW credential_states AS
        SELECT c.*, (\(first(RevocationRule.credentials, of: "c"))) AS revoked FROM credentials c;
        """

    private static func first(_ rules: [RevocationRule], of row: String) -> String {
        let choices = rules.map { "SELECT epoch FROM revocations r WHERE r.kind = '\($0.kind)' AND \($0.condition)" }
        return "SELECT min(epoch) FROM (\(choices.joined(separator: " UNION ALL ")))"
    }

    /// What holds between tables whoever writes.
    private static let rules = """
        CREATE TRIGGER credentials_are_few BEFORE INSERT ON credentials
        WHEN (SELECT count(*) FROM credential_states
              WHERE client = NEW.client AND kind = NEW.kind AND revoked IS NULL
                  AND (expires IS NULL OR expires > NEW.created)) >= 2
        BEGIN SELECT RAISE(ABORT, 'a client has at most two credentials of a kind'); END;
        CREATE TRIGGER credentials_are_of_clients BEFORE INSERT ON credentials
        WHEN NOT EXISTS (SELECT 1 FROM clients WHERE name = NEW.client)
        BEGIN SELECT RAISE(ABORT, 'a credential is of a client that the policy has'); END;
        CREATE TRIGGER certificates_are_of_one_client BEFORE INSERT ON credentials
        WHEN NEW.kind = 'certificate' AND EXISTS (SELECT 1 FROM credential_states
            WHERE kind = 'certificate' AND hash = NEW.hash AND revoked IS NULL
                AND (expires IS NULL OR expires > NEW.created))
        BEGIN SELECT RAISE(ABORT, 'a certificate is of one client'); END;
        CREATE TRIGGER tokens_are_of_clients BEFORE INSERT ON tokens
        WHEN NOT EXISTS (SELECT 1 FROM clients WHERE name = NEW.client AND status = 'active'
            AND (expires IS NULL OR expires > NEW.issued))
        BEGIN SELECT RAISE(ABORT, 'a token is of an active client'); END;
        CREATE TRIGGER tokens_have_scopes_of_clients BEFORE INSERT ON tokens
        WHEN EXISTS (SELECT 1 FROM json_each(NEW.scopes)
            WHERE value NOT IN (SELECT scope FROM client_scopes WHERE client = NEW.client))
        BEGIN SELECT RAISE(ABORT, 'a token has only scopes that its client is allowed'); END;
        """
}

/// Which rows a revocation of a kind hits: SQL over `r`, the revocation, and `t`, a token, or `c`, a credential.
struct RevocationRule {
    let kind: String
    let condition: String

    static let tokens = [
        RevocationRule(kind: "token", condition: "r.target = t.jti AND r.issuer = t.issuer"),
        RevocationRule(kind: "family", condition: "r.target = CAST(t.family AS TEXT)"),
        RevocationRule(kind: "credential", condition: "r.target = CAST(t.credential AS TEXT)"),
        RevocationRule(kind: "client", condition: "r.target = t.client AND r.before > t.issued"),
        RevocationRule(kind: "subject", condition: "r.target = t.subject AND r.before > t.issued"),
        RevocationRule(kind: "issuer", condition: "r.target = t.issuer AND r.before > t.issued"),
        RevocationRule(kind: "network", condition: "t.issued_from BETWEEN r.low AND r.high AND r.before > t.issued"),
        RevocationRule(kind: "all", condition: "r.before > t.issued"),
    ]

    static let credentials = [
        RevocationRule(kind: "credential", condition: "r.target = CAST(c.id AS TEXT)"),
        RevocationRule(kind: "client", condition: "r.target = c.client AND r.before > c.created"),
        RevocationRule(kind: "all", condition: "r.before > c.created"),
    ]
}
