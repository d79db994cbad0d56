"""Decides the requests of a file with a peer: policy_peers.py casbin|cedar FILE

The file holds one JSON object a line, a policy with requests and our answers:
    {"roles": [{"name", "parents", "permissions": [{"effect", "methods", "path"}]}],
     "clients": {NAME: [ROLE, ...]}, "requests": [[CLIENT, METHOD, PATH, ALLOWED], ...]}
Prints how many requests there were, how many answers differ, and the seconds that deciding took (not loading).
"""

import json
import logging
import sys
import time

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]

CASBIN_MODEL = """
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = g(r.sub, p.sub) && keyMatch3(r.obj, p.obj) && regexMatch(r.act, p.act)
"""


def casbin_answers(policy):
    import casbin

    model = casbin.Model()
    model.load_model_from_text(CASBIN_MODEL)
    enforcer = casbin.Enforcer(model)
    rules = []
    for role in policy["roles"]:
        for p in role["permissions"]:
            rules.append([role["name"], p["path"], "^(" + "|".join(p["methods"]) + ")$", p["effect"]])
    enforcer.add_policies([list(rule) for rule in {tuple(rule) for rule in rules}])
    links = [[role["name"], parent] for role in policy["roles"] for parent in role["parents"]]
    links += [[client, role] for client, roles in policy["clients"].items() for role in roles]
    if links:
        enforcer.add_grouping_policies(links)
    start = time.perf_counter()
    answers = [enforcer.enforce(client, path, method) for client, method, path, _ in policy["requests"]]
    return answers, time.perf_counter() - start


def cedar_policy(role, permission):
    text = "permit" if permission["effect"] == "allow" else "forbid"
    actions = ", ".join(f'Action::"{method}"' for method in permission["methods"])
    parts = [part for part in permission["path"].split("/") if part]
    is_open = bool(parts) and parts[-1] == "*"
    if is_open:
        parts.pop()
    tests = [f"context.n {'>' if is_open else '=='} {len(parts)}"]
    if permission["path"] == "*":
        tests = ["true"]
    tests += [f'context.s{i} == "{part}"' for i, part in enumerate(parts) if not part.startswith("{")]
    return (
        f'{text} (principal in Role::"{role}", action in [{actions}], resource) '
        f'when {{ {" && ".join(tests)} }};'
    )


def cedar_answers(policy):
    import cedarpy

    text = "\n".join(cedar_policy(role["name"], p) for role in policy["roles"] for p in role["permissions"])
    entities = [
        {"uid": {"type": "Role", "id": role["name"]}, "attrs": {},
         "parents": [{"type": "Role", "id": parent} for parent in role["parents"]]}
        for role in policy["roles"]
    ]
    entities += [
        {"uid": {"type": "Client", "id": client}, "attrs": {},
         "parents": [{"type": "Role", "id": role} for role in roles]}
        for client, roles in policy["clients"].items()
    ]
    requests = []
    for client, method, path, _ in policy["requests"]:
        parts = [part for part in path.split("/") if part]
        context = {"n": len(parts), **{f"s{i}": part for i, part in enumerate(parts)}}
        requests.append({
            "principal": f'Client::"{client}"', "action": f'Action::"{method}"', "resource": 'Path::"path"',
            "context": context,
        })
    entities = json.dumps(entities)
    # Loading can't be told from deciding from outside, so the time of one request is taken off that of all.
    start = time.perf_counter()
    cedarpy.is_authorized_batch(requests[:1], text, entities)
    once = time.perf_counter() - start
    start = time.perf_counter()
    results = cedarpy.is_authorized_batch(requests, text, entities)
    spent = time.perf_counter() - start
    return [result.allowed for result in results], max(spent - once, 1e-9)


def main():
    peer = {"casbin": casbin_answers, "cedar": cedar_answers}[sys.argv[1]]
    cases, differences, seconds = 0, 0, 0.0
    for line in open(sys.argv[2], encoding="utf-8"):
        policy = json.loads(line)
        answers, spent = peer(policy)
        seconds += spent
        for answer, request in zip(answers, policy["requests"]):
            cases += 1
            if answer != request[3]:
                differences += 1
                if differences <= 5:
                    print(f"{sys.argv[1]} says {answer} on {request}", file=sys.stderr)
    print(json.dumps({"cases": cases, "differences": differences, "seconds": seconds}))


logging.disable(logging.CRITICAL)
main()
