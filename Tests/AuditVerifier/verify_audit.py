#!/usr/bin/env python3
"""Checks a store's audit trail, versions, policy tables, checkpoints and segments of traffic.

Written from Sources/ARCHITECTURE.md alone, with nothing but Python's standard library, so that the program needn't be
trusted to check itself:

    verify_audit.py FOLDER [CHECKPOINTS.jsonl]

Prints a line of JSON for each finding, with the place in it, and ends with 0 when there is none, else with 1.
"""

import datetime
import hashlib
import json
import os
import sqlite3
import struct
import sys

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]
UNITS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
ACTIONS = {"first": "policy.init", "change": "policy.apply", "draft": "policy.draft", "approval": "policy.approve",
           "undo": "policy.undo", "restore": "policy.restore", "break-glass": "policy.break-glass",
           "expiry": "policy.expire"}
ROWS = {
    "credentials": "id client kind prefix hash pepper created not_before expires replaced_by",
    "families": "id client subject created reuse_detected grace_until",
    "keys": "number name kind algorithm public state sealed generation created activated retiring ends",
    "master_key": "only id since",
    "revocations": "epoch time kind target issuer low high before operator operator_id reason",
    "tokens": "number jti hash form kind issuer client subject scopes roles acr family parent credential thumbprint "
              "key issued expires issued_from",
}


def i64(number):
    return struct.pack("<q", number)


def text(value):
    if value is None:
        return struct.pack("<I", 0xFFFFFFFF)
    data = value.encode()
    return struct.pack("<I", len(data)) + data


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# Ed25519, RFC 8032, section 5.1: slow and plain.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(factor, point):
    result = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = add(result, point)
        point = add(point, point)
        factor >>= 1
    return result


def decompress(data):
    number = int.from_bytes(data, "little")
    y = number & (1 << 255) - 1
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def is_signed(key, message, signature):
    a, r = decompress(key), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = multiply(s, BASE), add(r, multiply(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


class Verifier:
    def __init__(self, folder, exported):
        self.folder = folder
        self.exported = exported
        self.findings = []
        path = os.path.join(folder, "policy.sqlite")
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        self.store = self.db.execute("SELECT id FROM store").fetchone()[0]
        self.heads = {}
        self.length = 0
        self.made, self.states, self.reviews, self.endings = {}, {}, {}, {}
        self.items = {}
        self.rows, self.is_older = {}, False
        # What records tell that aren't as they were written is no measure.
        self.is_whole, self.doubtful, self.doubtful_rows = True, set(), set()

    def note(self, place, problem):
        self.findings.append((place, problem))

    def run(self):
        for step in [self.records, self.versions, self.break_glass, self.secrets, self.checkpoints, self.traffic]:
            try:
                step()
            except (sqlite3.DatabaseError, ValueError, TypeError, KeyError) as error:
                self.note("store", f"{step.__name__}: {error}")

    # The audit trail

    def records(self):
        """Each record by its own hash and by its link to the one before, so that one that is wrong hides no other."""
        heads = {sha(b"gatehouse audit 1\n", self.store)}
        self.heads[0] = heads
        active = None
        for row in self.db.execute("SELECT * FROM audit_records ORDER BY sequence"):
            number = row["sequence"]
            digest = sha(
                row["previous"], i64(number), i64(row["time"]), i64(row["version"]),
                i64(-1 if row["operator_id"] is None else row["operator_id"]),
                *[text(row[name]) for name in
                  ["operator", "action", "outcome", "target", "reason", "before", "after"]])
            is_sound = True
            if number != self.length + 1:
                self.note(f"audit record {self.length + 1}", "missing")
                self.is_whole = False
                heads = None
            if row["outcome"] not in ("done", "refused"):
                self.is_whole = False
            if row["hash"] != digest:
                self.note(f"audit record {number}", "changed or moved")
                is_sound = False
            elif heads is not None and row["previous"] not in heads:
                self.note(f"audit record {number}", "doesn't follow the one before")
                is_sound = False
            # Of a record that doesn't hold either the content was changed or the hash.
            heads = {row["hash"], digest}
            self.length = number
            self.heads[number] = heads
            if row["outcome"] == "done" and row["action"].startswith("policy."):
                active = self.tell(row, active, is_sound)
            if row["outcome"] == "done":
                after = json.loads(row["after"]) if row["after"] else {}
                told = after.get("rows") if isinstance(after, dict) else None
                self.rows.update(told or {})
                for name in told or {}:
                    (self.doubtful_rows.discard if is_sound else self.doubtful_rows.add)(name)
                self.is_older |= told is None and row["action"] == "key.create"

    def tell(self, row, active, is_sound):
        after = json.loads(row["after"]) if row["after"] else {}
        version = row["version"]
        target = int(row["target"][len("version/"):]) if row["target"].startswith("version/") else None
        if not is_sound:
            self.doubtful |= {version, active, target}
        if "content" in after and "edits" in after:
            self.made[version] = (row, after)
            if row["action"] == "policy.draft":
                self.states[version] = "draft"
            else:
                if active is not None:
                    self.states[active] = "retired"
                self.states[version] = "active"
                active = version
        if target is not None:
            if row["action"] in ("policy.approve", "policy.reject"):
                self.states[target] = "retired"
            elif row["action"] == "policy.shadow":
                self.states[target] = after["state"]
            elif row["action"] == "policy.review":
                self.reviews[target] = (row, after.get("kept", False))
            elif row["action"] == "policy.expire":
                self.endings[target] = (after.get("ending", "reverted"), row)
        return active

    def is_certain(self, version):
        return self.is_whole and version not in self.doubtful

    # Versions

    def versions(self):
        count = 0
        for row in self.db.execute("SELECT * FROM policy_versions ORDER BY number").fetchall():
            count += 1
            if row["number"] != count:
                self.note(f"policy version {count}", "missing")
                return
            self.version(row)
        for number in sorted(self.made):
            if number > count and number not in self.doubtful:
                self.note(f"policy version {number}", "missing")
        self.check_items()
        self.check_tables()

    def version(self, row):
        number = row["number"]
        place = f"policy version {number}"
        if number not in self.made:
            self.note(place, "not in the audit trail")
        record, after = (None, None) if number in self.doubtful else self.made.get(number, (None, None))
        edits = self.db.execute(
            "SELECT * FROM version_edits WHERE version = ? ORDER BY kind, name", (number,)).fetchall()
        digest = sha(b"gatehouse edits 1\n", *[
            text(edit[name]) for edit in edits for name in ["kind", "name", "before", "after"]])
        if digest != row["edits"] or after and digest.hex() != after["edits"]:
            self.note(place, "edits")
        items = dict(self.items)
        for edit in edits:
            key = (edit["kind"], edit["name"])
            if items.get(key, (None,))[0] != edit["before"]:
                self.note(place, f"before of {key}")
            if edit["after"] is None:
                items.pop(key, None)
            else:
                digest = sha(b"gatehouse item 1\n", text(key[0]), text(key[1]), text(edit["after"]))
                items[key] = (edit["after"], digest, number)
        content = sha(b"gatehouse policy 1\n", *[
            items[key][1] for key in sorted(items, key=lambda key: (key[0].encode(), key[1].encode()))])
        if content != row["content"] or after and content.hex() != after["content"]:
            self.note(place, "content")
        if row["origin"] != "draft":
            self.items = items
        if record is not None and json.loads(record["before"] or "{}").get("version") != row["parent"]:
            self.note(place, "parent")
        if after and "dangers" in after and after["dangers"] != row["dangers"]:
            self.note(place, "dangers")
        if record is not None and not self.agrees(row, record):
            self.note(place, "who, when or why")
        if self.is_certain(number) and row["state"] != self.states.get(number):
            self.note(place, "state")

    @staticmethod
    def agrees(row, record):
        if record["action"] != ACTIONS.get(row["origin"]) or record["time"] != row["created"]:
            return False
        has_origin = row["origin"] in ("approval", "undo", "restore", "expiry")
        if (row["origin_version"] is not None) != has_origin:
            return False
        target = f"version/{row['origin_version']}"
        who = (record["operator"], record["operator_id"])
        if row["origin"] == "approval":
            return (row["approver"], row["approver_id"]) == who and record["target"] == target
        if row["origin"] == "expiry" and record["target"] != target:
            return False
        approver = (row["approver"], row["approver_id"])
        return approver == (None, None) and (row["author"], row["author_id"], row["reason"]) == (*who, record["reason"])

    def break_glass(self):
        seen = set()
        for row in self.db.execute("SELECT * FROM break_glass ORDER BY version"):
            number = row["version"]
            seen.add(number)
            if not self.is_certain(number):
                continue
            place = f"break-glass version {number}"
            expires = self.made[number][1].get("expires") if number in self.made else None
            review, is_kept = self.reviews.get(number, (None, False))
            if expires != row["expires"]:
                self.note(place, "expires")
            ending, end = ("kept", review) if is_kept else self.endings.get(number, (None, None))
            reverter = end["version"] if ending == "reverted" else None
            if (row["ending"], row["ended"], row["reverted_by"]) != (ending, end and end["time"], reverter):
                self.note(place, "ending")
            expected = (review["time"], review["operator"], review["operator_id"]) if review else (None,) * 3
            if (row["reviewed"], row["reviewer"], row["reviewer_id"]) != expected:
                self.note(place, "review")
        for number, (_, after) in self.made.items():
            if "expires" in after and number not in seen and number not in self.doubtful:
                self.note(f"break-glass version {number}", "missing")

    # Credentials, tokens, revocations and keys

    def secrets(self):
        left = dict(self.rows)
        for table, columns in ROWS.items():
            names = columns.split()
            told = [int(row.split("/")[1]) for row in self.rows if row.split("/")[0] == table]
            for values in self.db.execute(f"SELECT {', '.join(names)} FROM {table}"):
                row = f"{table}/{values[0]}"
                texts = [value.hex() if isinstance(value, bytes) else None if value is None else str(value)
                         for value in values]
                digest = sha(b"gatehouse row 1\n", text(table), *map(text, texts))
                if row in left:
                    if left.pop(row) != digest.hex() and self.is_certain_row(row):
                        self.note(f"row {row}", "changed")
                elif not self.is_older or (told and values[0] >= min(told)):
                    self.note(f"row {row}", "not in the audit trail")
        for row, digest in left.items():
            if digest is not None and self.is_certain_row(row):
                self.note(f"row {row}", "missing")

    def is_certain_row(self, row):
        return self.is_whole and row not in self.doubtful_rows

    # The policy in force

    def check_items(self):
        left = dict(self.items)
        for row in self.db.execute("SELECT * FROM policy_items"):
            key = (row["kind"], row["name"])
            if left.pop(key, (None,) * 3)[1:] != (row["hash"], row["version"]):
                self.note(f"item {key[0]}/{key[1]}", "hash")
        for kind, name in left:
            self.note(f"item {kind}/{name}", "hash missing")

    def check_tables(self):
        found = {}
        for kind, name, fields in self.tables():
            found[(kind, name)] = {key: value for key, value in fields.items() if value not in (None, "", [])}
        for (kind, name), (body, _, _) in self.items.items():
            expected = {key: value for key, value in plain(kind, json.loads(body)).items() if value != []}
            if found.pop((kind, name), None) != expected:
                self.note(f"item {kind}/{name}", "changed or removed by hand")
        for kind, name in found:
            self.note(f"item {kind}/{name}", "added by hand")

    def lists(self, sql):
        lists = {}
        for owner, *values in self.db.execute(sql):
            lists.setdefault(owner, []).append(values[0] if len(values) == 1 else values)
        return lists

    def tables(self):
        for kind, table in [("scope", "scopes"), ("tier", "tiers")]:
            for row in self.db.execute(f"SELECT * FROM {table}"):
                yield kind, row["name"], {"note": row["note"]}
        parents = self.lists("SELECT role, parent FROM role_parents ORDER BY role, position")
        permissions = self.lists(
            "SELECT role, effect, methods, pattern, conditions FROM permissions ORDER BY role, position")
        for row in self.db.execute("SELECT * FROM roles"):
            allowed = [
                {effect: methods, "path": pattern, **({"conditions": json.loads(tests)} if tests != "[]" else {})}
                for effect, methods, pattern, tests in permissions.get(row["name"], [])]
            yield "role", row["name"], {
                "note": row["note"], "parents": parents.get(row["name"]), "permissions": allowed}
        scopes = self.lists("SELECT route, scope FROM route_scopes ORDER BY route, position")
        for row in self.db.execute("SELECT * FROM routes"):
            fields = {name: row[name] for name in row.keys() if name not in ("name", "pattern")}
            yield "route", row["name"], {"path": row["pattern"], "scopes": scopes.get(row["name"]), **fields}
        roles = self.lists("SELECT client, role FROM client_roles ORDER BY client, position")
        scopes = self.lists("SELECT client, scope FROM client_scopes ORDER BY client, position")
        for row in self.db.execute("SELECT * FROM clients"):
            fields = {name: row[name] for name in row.keys() if name != "name"}
            yield "client", row["name"], {
                "roles": roles.get(row["name"]), "scopes": scopes.get(row["name"]), **fields}
        for row in self.db.execute("SELECT * FROM quotas"):
            fields = {name: row[name] for name in ["tier", "client", "key", "limit", "burst", "on_counter_failure",
                                                   "note"]}
            fields["path"] = row["pattern"]
            fields["window"] = (row["window"], row["unit"], row["zone"]) if row["window"] == "calendar" else (
                row["window"], row["seconds"])
            if row["adaptive_percent"] is not None:
                fields["adaptive"] = {name: row[f"adaptive_{name}"] for name in ["percent", "floor", "ceiling"]}
            yield "quota", row["name"], fields
        duties = self.lists("SELECT operator, duty FROM operator_duties")
        for row in self.db.execute("SELECT * FROM operators"):
            yield "operator", row["name"], {
                "user_id": row["user_id"], "duties": sorted(duties.get(row["name"], [])), "note": row["note"]}
        for row in self.db.execute("SELECT * FROM settings"):
            def column(sql):
                return [value for value, in self.db.execute(sql)]
            yield "settings", "policy", {
                "anonymous_roles": column("SELECT role FROM anonymous_roles ORDER BY position"),
                "anonymous_tier": row["anonymous_tier"], "default_tier": row["default_tier"],
                "authentication_levels": column("SELECT level FROM authentication_levels ORDER BY position"),
                "approvals": sorted(column("SELECT danger FROM approvals")),
                "break_glass": row["break_glass_seconds"], "token_lifetime": row["token_seconds"],
                "issuer": row["issuer"], "audience": row["audience"]}

    # Checkpoints

    def checkpoints(self):
        stored = [dict(row, store=self.store) for row in self.db.execute("SELECT * FROM checkpoints ORDER BY id")]
        for line in stored + [line for line in self.exported if line not in stored]:
            place = f"checkpoint of {line['chain']} at {line['length']}"
            message = b"".join([b"gatehouse checkpoint 1\n", line["store"], text(line["chain"]), i64(line["length"]),
                                line["head"], i64(line["time"])])
            if line["store"] != self.store:
                self.note(place, "of another store")
            elif not is_signed(line["key"], message, line["signature"]):
                self.note(place, "signature")
            elif line["chain"] == "policy" and line["head"] not in self.heads.get(line["length"], ()):
                self.note(place, "the audit trail was cut, put back or written anew")

    # Traffic, as "The hash chain" in ARCHITECTURE.md has it

    def traffic(self):
        path = os.path.join(self.folder, "traffic.sqlite")
        ends = {}
        dropped = {}
        if os.path.exists(path):
            catalog = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            store = catalog.execute("SELECT id FROM store").fetchone()[0]
            for day, part, count, head in catalog.execute("SELECT day, part, count, head FROM segments"):
                name = segment_name(day, part)
                ends[name] = self.segment(name, store, day, part, count, head)
            for day, part, count, head in catalog.execute("SELECT day, part, count, head FROM dropped_segments"):
                dropped[segment_name(day, part)] = (count, head)
        for line in self.exported:
            if line["chain"] == "policy":
                continue
            place = f"checkpoint of {line['chain']} at {line['length']}"
            if line["chain"] in ends:
                known = ends[line["chain"]]
                if known is not None and known.get(line["length"]) != line["head"]:
                    self.note(place, "the segment was cut, put back or written anew")
            elif line["chain"] in dropped:
                count, head = dropped[line["chain"]]
                if count < line["length"] or (count == line["length"] and head != line["head"]):
                    self.note(place, "what was dropped is not what was there")
            else:
                self.note(place, "the segment is gone")

    def segment(self, name, store, day, part, count, last):
        """The hashes at the ends of batches, by how many events there were; None when the chain doesn't hold."""
        path = os.path.join(self.folder, name + ".sqlite")
        place = f"segment {name}.sqlite"
        try:
            db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            columns = [[] for _ in range(20)]
            for first, number in db.execute("SELECT first, count FROM blocks ORDER BY first").fetchall():
                if first != len(columns[0]):
                    raise ValueError("blocks don't follow each other")
                for column in range(20):
                    columns[column] += block_column(db, first * 32 + column, number)
            strings = {(field, number): value for field, number, value in
                       db.execute("SELECT field, id, text FROM strings")}
            head = sha(b"gatehouse segment 1\n", store, i64(day), i64(part))
            ends = {}
            done = 0
            known = [0] * 15
            for number, first, size, time, previous, digest in db.execute(
                    "SELECT number, first, count, time, previous, hash FROM batches ORDER BY number"):
                if number != len(ends) or first != done or previous != head:
                    raise ValueError("a batch doesn't follow the one before")
                body = [head]
                start = first
                while start < first + size:
                    end = min((start // 4096 + 1) * 4096, first + size)
                    for column in range(20):
                        width = {0: "<q", 1: "<B", 2: "<H", 3: "<q", 4: "<q"}.get(column, "<I")
                        codes = columns[column][start:end]
                        if len(codes) != end - start:
                            raise ValueError("events are missing")
                        body += [struct.pack(width, code) for code in codes]
                    start = end
                for field in range(15):
                    largest = max([known[field], *columns[5 + field][first:first + size]])
                    for new in range(known[field] + 1, largest + 1):
                        value = strings[(field, new)].encode()
                        body += [struct.pack("<BII", field, new, len(value)), value]
                    known[field] = largest
                body += [i64(number), i64(first), i64(size), i64(time)]
                head = sha(*body)
                if head != digest:
                    raise ValueError("a batch was changed")
                done = first + size
                ends[done] = head
            if done != len(columns[0]) or len(strings) != sum(known):
                raise ValueError("something lies outside of all batches")
            if done < count or done == count and head != last:
                raise ValueError("it ends otherwise than the catalog says")
            return ends
        except (sqlite3.DatabaseError, ValueError, KeyError, struct.error) as error:
            self.note(place, str(error))
            return None


def block_column(db, number, count):
    """The codes of one column of one block: base + scale × code; all zero where there is no row."""
    row = db.execute("SELECT base, scale, width, data FROM columns WHERE id = ?", (number,)).fetchone()
    if row is None:
        return [0] * count
    base, scale, width, data = row
    return [base + scale * int.from_bytes(data[width * n:width * n + width], "little") for n in range(count)]


def segment_name(day, part):
    date = (datetime.date(1970, 1, 1) + datetime.timedelta(days=day)).isoformat()
    return f"traffic-{date}" + ("" if part == 1 else f".{part}")


def methods(value):
    return 511 if value == "all" else sum(1 << METHODS.index(name) for name in value)


def span(value):
    return int(value[:-1]) * UNITS[value[-1]]


def moment(value):
    if value.count(":") == 1:
        value = value[:-1] + ":00Z"
    time = datetime.datetime.fromisoformat(value[:-1] + "+00:00")
    return (time - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) // datetime.timedelta(microseconds=1)


def plain(kind, fields):
    """An item's JSON with the values that its table has."""
    fields = dict(fields)
    if kind == "role":
        for permission in fields.get("permissions", []):
            for effect in ["allow", "deny"]:
                if effect in permission:
                    permission[effect] = methods(permission[effect])
    if kind == "route":
        fields["methods"] = methods(fields["methods"])
    if kind == "quota":
        words = fields["window"].split(" ", 2)
        fields["window"] = tuple(words) if words[0] == "calendar" else (words[0], span(words[1]))
    if kind == "operator":
        fields["duties"] = sorted(fields["duties"])
    if kind == "settings":
        fields["approvals"] = sorted(fields["approvals"])
        fields["break_glass"] = span(fields["break_glass"])
        fields["token_lifetime"] = span(fields["token_lifetime"])
    for name in ["created", "expires", "deprecated", "sunset"]:
        if name in fields:
            fields[name] = moment(fields[name])
    return fields


def main():
    exported = []
    if len(sys.argv) > 2:
        with open(sys.argv[2]) as lines:
            for line in lines:
                fields = json.loads(line)
                for name in ["head", "store", "key", "signature"]:
                    fields[name] = bytes.fromhex(fields[name])
                exported.append(fields)
    verifier = Verifier(sys.argv[1], exported)
    verifier.run()
    for place, problem in verifier.findings:
        print(json.dumps({"place": place, "problem": problem}))
    sys.exit(1 if verifier.findings else 0)


if __name__ == "__main__":
    main()
