//! wirefilter-engine: flat typed fields that are bound beforehand. The nine conditions that it can say: r2 with a regex,
//! as it has no prefix operator, and of r4 the two ports.
use crate::measure::{sample, tell};
use serde_json::json;
use std::hint::black_box;
use wirefilter::ExecutionContext;

pub fn cases() {
    let scheme = wirefilter::Scheme! { direction: Bytes, bucket: Bytes, public: Bool, encrypted: Bool,
        from_port: Int, to_port: Int, engine: Bytes, name: Bytes, string_value: Bytes, x: Bytes };
    let scheme: &wirefilter::Scheme = &scheme;
    let mut bound = ExecutionContext::new(scheme);
    for (name, given) in [("direction", "ingress"), ("bucket", "tokyo-logs-archive"), ("engine", "aurora-mysql"),
        ("name", "prod-web01-003"), ("string_value", "value"), ("x", "c")] {
        bound.set_field_value(name, given).unwrap();
    }
    bound.set_field_value("public", false).unwrap();
    bound.set_field_value("encrypted", true).unwrap();
    bound.set_field_value("from_port", 0).unwrap();
    bound.set_field_value("to_port", 65535).unwrap();
    for (id, text, answer) in [
        ("b1", r#"string_value == "value""#, true),
        ("b2", r#"string_value != "value""#, false),
        ("b5", r#"x in {"a" "b" "c" "d"}"#, true),
        ("r1", r#"direction == "ingress""#, true),
        ("r2", r#"bucket matches "^tokyo-""#, true),
        ("r3", "not public and encrypted", true),
        ("r4", "from_port <= 22 and to_port >= 22", true),
        ("r8", r#"engine in {"postgres" "mysql" "mariadb" "aurora-postgresql" "aurora-mysql"}"#, true),
        ("r9", r#"name matches "^(prod|stg|dev)-[a-z0-9]+-[0-9]{3}$""#, true),
    ] {
        let filter = scheme.parse(text).unwrap().compile();
        assert_eq!(filter.execute(&bound).unwrap(), answer, "{id}");
        tell("wirefilter", "bound", id, sample(7, 30.0, || {
            black_box(filter.execute(black_box(&bound)).is_ok());
        }), json!({}));
    }
}
