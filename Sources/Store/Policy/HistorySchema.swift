/// Tables that only grow: versions with what each changed, the audit trail, checkpoints.
enum HistorySchema {
    static let step1 = """
        CREATE TABLE policy_versions (
            number INTEGER PRIMARY KEY CHECK (number >= 1),
            parent INTEGER REFERENCES policy_versions (number) CHECK (parent < number),
            origin TEXT NOT NULL CHECK (origin IN
                ('first', 'change', 'draft', 'approval', 'undo', 'restore', 'break-glass', 'expiry')),
            origin_version INTEGER REFERENCES policy_versions (number),
            state TEXT NOT NULL CHECK (state IN ('draft', 'shadow', 'active', 'retired')),
            content BLOB NOT NULL CHECK (length(content) = 32),
            edits BLOB NOT NULL CHECK (length(edits) = 32),
            author TEXT NOT NULL,
            author_id INTEGER CHECK (author_id BETWEEN 0 AND 4294967295),
            approver TEXT,
            approver_id INTEGER CHECK (approver_id BETWEEN 0 AND 4294967295),
            reason TEXT NOT NULL CHECK (reason <> ''),
            created INTEGER NOT NULL,
            dangers TEXT NOT NULL,
            CHECK ((parent IS NULL) = (number = 1)),
            CHECK ((origin = 'first') = (number = 1)),
            CHECK ((origin IN ('approval', 'undo', 'restore', 'expiry')) = (origin_version IS NOT NULL)),
            CHECK (CASE origin WHEN 'draft' THEN state <> 'active' ELSE state IN ('active', 'retired') END),
            CHECK ((approver IS NULL) = (approver_id IS NULL)),
            CHECK ((approver IS NOT NULL) = (origin = 'approval')),
            CHECK (author_id IS NOT approver_id OR approver_id IS NULL)
        ) STRICT;
        CREATE UNIQUE INDEX policy_versions_one_active ON policy_versions (state) WHERE state = 'active';
        CREATE INDEX policy_versions_waiting ON policy_versions (state) WHERE state IN ('draft', 'shadow');
        CREATE TRIGGER policy_versions_follow BEFORE INSERT ON policy_versions
        WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM policy_versions)
        BEGIN SELECT RAISE(ABORT, 'versions are numbered without gaps'); END;
        CREATE TRIGGER policy_versions_are_not_changed
        BEFORE UPDATE OF number, parent, origin, origin_version, content, edits, author, author_id, approver,
            approver_id, reason, created, dangers ON policy_versions
        BEGIN SELECT RAISE(ABORT, 'a policy version can''t be changed'); END;
        CREATE TRIGGER policy_versions_move BEFORE UPDATE OF state ON policy_versions
        WHEN OLD.state || '>' || NEW.state NOT IN
            ('draft>shadow', 'shadow>draft', 'draft>retired', 'shadow>retired', 'active>retired')
        BEGIN SELECT RAISE(ABORT, 'a policy version can''t go that way'); END;
        \(PolicySchema.kept("policy_versions", "a policy version"))

        CREATE TABLE version_edits (
            version INTEGER NOT NULL REFERENCES policy_versions (number) DEFERRABLE INITIALLY DEFERRED,
            kind TEXT NOT NULL CHECK (kind IN \(ItemSchema.kinds)),
            name TEXT NOT NULL CHECK (name <> ''),
            before TEXT CHECK (before IS NULL OR json_valid(before)),
            after TEXT CHECK (after IS NULL OR json_valid(after)),
            PRIMARY KEY (version, kind, name),
            CHECK (before IS NOT after)
        ) STRICT;
        CREATE INDEX version_edits_by_item ON version_edits (kind, name, version);
        \(PolicySchema.fixed("version_edits", "what a version changed"))

        CREATE TABLE break_glass (
            version INTEGER PRIMARY KEY REFERENCES policy_versions (number),
            expires INTEGER NOT NULL,
            ended INTEGER,
            ending TEXT CHECK (ending IN ('reverted', 'kept', 'overtaken', 'failed')),
            reverted_by INTEGER REFERENCES policy_versions (number),
            reviewed INTEGER,
            reviewer TEXT,
            reviewer_id INTEGER CHECK (reviewer_id BETWEEN 0 AND 4294967295),
            CHECK ((ended IS NULL) = (ending IS NULL)),
            CHECK (reverted_by IS NULL OR ending = 'reverted'),
            CHECK ((reviewed IS NULL) = (reviewer IS NULL) AND (reviewed IS NULL) = (reviewer_id IS NULL))
        ) STRICT;
        CREATE TRIGGER break_glass_ends_once BEFORE UPDATE ON break_glass
        WHEN NEW.version IS NOT OLD.version OR NEW.expires IS NOT OLD.expires
            OR OLD.ended IS NOT NULL AND (NEW.ended, NEW.ending, NEW.reverted_by)
                IS NOT (OLD.ended, OLD.ending, OLD.reverted_by)
            OR OLD.reviewed IS NOT NULL AND (NEW.reviewed, NEW.reviewer, NEW.reviewer_id)
                IS NOT (OLD.reviewed, OLD.reviewer, OLD.reviewer_id)
        BEGIN SELECT RAISE(ABORT, 'a break-glass change ends once, and is reviewed once'); END;
        \(PolicySchema.kept("break_glass", "a break-glass change"))

        CREATE TABLE audit_records (
            sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
            time INTEGER NOT NULL,
            operator TEXT NOT NULL,
            operator_id INTEGER CHECK (operator_id BETWEEN 0 AND 4294967295),
            action TEXT NOT NULL CHECK (action <> ''),
            outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
            target TEXT NOT NULL,
            reason TEXT NOT NULL,
            before TEXT CHECK (before IS NULL OR json_valid(before)),
            after TEXT CHECK (after IS NULL OR json_valid(after)),
            version INTEGER NOT NULL CHECK (version >= 0),
            previous BLOB NOT NULL CHECK (length(previous) = 32),
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE INDEX audit_records_by_target ON audit_records (target, sequence);
        CREATE TRIGGER audit_records_follow BEFORE INSERT ON audit_records
        WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_records)
            OR NEW.previous <> coalesce((SELECT hash FROM audit_records ORDER BY sequence DESC LIMIT 1), NEW.previous)
        BEGIN SELECT RAISE(ABORT, 'audit records follow each other without gaps'); END;
        \(PolicySchema.fixed("audit_records", "an audit record"))

        CREATE TABLE checkpoints (
            id INTEGER PRIMARY KEY,
            chain TEXT NOT NULL CHECK (chain <> ''),
            length INTEGER NOT NULL CHECK (length >= 0),
            head BLOB NOT NULL CHECK (length(head) = 32),
            time INTEGER NOT NULL,
            key BLOB NOT NULL CHECK (length(key) = 32),
            signature BLOB NOT NULL CHECK (length(signature) = 64)
        ) STRICT;
        \(PolicySchema.fixed("checkpoints", "a checkpoint"))
        """
}
