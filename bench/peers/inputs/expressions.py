"""The expressions that CEL engines are timed on, with inputs and the answer that each must give.

b1 to b13 are the kinds of expression that cel-go's own benchmark uses, r1 to r12 are conditions of configuration
rules, and r0 is a constant: what a call costs before it does anything. The thousand rules repeat r1 to r12 with
other constants. Entry points: cases(), rules(), resource(), PARAMETERS. What comes out is plain data.
"""

PARAMETERS = {"admin_ports": [22, 3389, 5900, 8443], "now": "2026-11-23T00:00:00Z"}

CONDITIONS = {
    "r1": 'resource.direction == "ingress"',
    "r2": 'resource.bucket.startsWith("tokyo-")',
    "r3": "!(resource.public) && resource.encrypted",
    "r4": 'resource.from_port <= 22 && resource.to_port >= 22 && resource.cidrs.exists(c, c == "0.0.0.0/0")',
    "r5": 'params.admin_ports.exists(p, resource.rules.exists(r, r.from <= p && r.to >= p && "0.0.0.0/0" in r.cidrs))',
    "r6": 'resource.tags.all(k, k.matches("^[a-z][a-z0-9_-]{0,62}$"))',
    "r7": "has(resource.tags.owner) && has(resource.tags.cost_center) && has(resource.tags.system_id)",
    "r8": 'resource.engine in ["postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql"]',
    "r9": 'resource.name.matches("^(prod|stg|dev)-[a-z0-9]+-[0-9]{3}$")',
    "r10": 'timestamp(resource.expires) - timestamp(params.now) < duration("2160h")',
    "r11": 'resource.statements.filter(s, s.effect == "Allow" && s.action.exists(a, a == "*")).size() == 0',
    "r12": 'resource.name + "/" + resource.region + ":" + string(resource.port) == "web-01/ap-northeast-1:443"',
}
FALSE_CONDITIONS = {"r5"}


def resource():
    """A resource of about 3 KB, as a plan or an export holds them."""
    return {
        "name": "web-01", "region": "ap-northeast-1", "direction": "ingress", "bucket": "tokyo-logs-archive",
        "public": False, "encrypted": True, "from_port": 0, "to_port": 65535, "port": 443,
        "engine": "aurora-mysql", "expires": "2027-01-15T00:00:00Z",
        "cidrs": ["10.0.0.0/8", "192.168.0.0/16", "0.0.0.0/0"],
        "tags": {"owner": "platform", "cost_center": "cc-1042", "system_id": "sys-77", "env": "prod",
                 "team": "infra", "project": "atlas", "data_class": "internal", "backup": "daily"},
        "rules": [{"from": 0, "to": 65535 - i, "proto": "tcp",
                   "cidrs": [f"10.{i}.0.0/16", f"172.16.{i}.0/24", f"192.168.{i}.0/24"]} for i in range(20)],
        "statements": [{"effect": "Allow", "action": [f"s3:GetObject{i}", f"s3:PutObject{i}", f"s3:List{i}"]}
                       for i in range(10)],
    }


def reference_cases():
    text, texts = "string", "list<string>"
    words, letters = ["abc", "bcd", "cde", "def"], ["a", "b", "c", "d"]
    value, other = {"string_value": (text, "value")}, {"x": (text, "e")}
    listed = {"list_value": (texts, words)}
    return [
        ("string_value == 'value'", value, True),
        ("string_value != 'value'", value, False),
        ("'value' in list_value", {"list_value": (texts, ["a", "b", "c", "value"])}, True),
        ("!('value' in list_value)", {"list_value": (texts, letters)}, True),
        ("x in ['a', 'b', 'c', 'd']", {"x": (text, "c")}, True),
        ("!(x in ['a', 'b', 'c', 'd'])", other, True),
        ("x in list_value", {"x": (text, "c"), "list_value": (texts, letters)}, True),
        ("!(x in list_value)", other | {"list_value": (texts, letters)}, True),
        ("list_value.exists(e, e.contains('cd'))", listed, True),
        ("list_value.exists(e, e.startsWith('cd'))", listed, True),
        ("list_value.exists(e, e.matches('cd*'))", listed, True),
        ("list_value.filter(e, e.matches('^cd+')) == ['cde']", listed, True),
        ("'formatted list: %s, size: %d'.format([['abc', 'cde'], 2])", {}, "formatted list: [abc, cde], size: 2"),
    ]


def cases():
    made = [{"id": "r0", "expr": "true", "types": {}, "in": {}, "out": True}]
    for number, (expression, variables, answer) in enumerate(reference_cases(), 1):
        made.append({"id": f"b{number}", "expr": expression,
                     "types": {name: kind for name, (kind, _) in variables.items()},
                     "in": {name: given for name, (_, given) in variables.items()}, "out": answer})
    for name, expression in CONDITIONS.items():
        given = {"resource": resource()}
        if name == "r9":
            given["resource"]["name"] = "prod-web01-003"
        if "params" in expression:
            given["params"] = PARAMETERS
        made.append({"id": name, "expr": expression, "types": {variable: "dyn" for variable in given},
                     "in": given, "out": name not in FALSE_CONDITIONS})
    return made


def rules(count=1000):
    """`count` different expressions over resource() and PARAMETERS, the kinds of r1 to r12 in turn."""
    kinds = [
        lambda i: f'resource.direction {"!=" if i % 24 else "=="} "egress{i}"',
        lambda i: f'resource.bucket.startsWith("tokyo-logs{i}")',
        lambda i: f"!(resource.public) && resource.encrypted && resource.port != {i}",
        lambda i: f'resource.from_port <= {i} && resource.to_port >= {i}'
                  f' && resource.cidrs.exists(c, c == "{i % 200}.0.0.0/8")',
        lambda i: "params.admin_ports.exists(p, resource.rules.exists(r, r.from <= p && r.to >= p"
                  f' && "{i % 200}.{i % 7}.0.0/0" in r.cidrs))',
        lambda i: f'resource.tags.all(k, k.matches("^(key{i}|[a-z][a-z0-9_-]{{0,62}})$"))',
        lambda i: f"has(resource.tags.owner) && has(resource.tags.cost_center) && has(resource.tags.key_{i})",
        lambda i: f'resource.engine in ["postgres{i}", "mysql{i}", "mariadb{i}", "aurora-postgresql{i}",'
                  f' "aurora-mysql{"" if i % 2 else i}"]',
        lambda i: f'resource.name.matches("^(web|stg{i}|dev)-[a-z0-9]+{"" if i % 2 else i}$")',
        lambda i: f'timestamp(resource.expires) - timestamp(params.now) < duration("{1000 + i}h")',
        lambda i: 'resource.statements.filter(s, s.effect == "Allow"'
                  f' && s.action.exists(a, a == "svc{i}:*")).size() == 0',
        lambda i: f'resource.name + "/" + resource.region + ":" + string(resource.port) == "web-01/ap-northeast-1:{i}"',
    ]
    return [kinds[i % len(kinds)](i) for i in range(count)]
