//! cel-rust (crate `cel`). It has no checker: compiling is parsing.
use crate::measure::{sample, tell};
use cel::common::types::CelBool;
use cel::objects::{Key, Map};
use cel::{extensions, Context, Env, Value};
use serde_json::{json, Value as Json};
use std::hint::black_box;
use std::sync::Arc;

const PEER: &str = "cel-rust";

fn read(folder: &str, name: &str) -> String {
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}

fn parsed(folder: &str, name: &str) -> Json {
    serde_json::from_str(&read(folder, name)).unwrap()
}

/// A CEL value of decoded JSON; whole numbers are int.
fn value(given: &Json) -> Value {
    match given {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => number.as_i64().map(Value::Int).unwrap_or_else(|| Value::Float(number.as_f64().unwrap())),
        Json::String(text) => Value::String(Arc::new(text.clone())),
        Json::Array(items) => Value::List(Arc::new(items.iter().map(value).collect())),
        Json::Object(members) => Value::Map(Map {
            map: Arc::new(members.iter().map(|(name, one)| (Key::String(Arc::new(name.clone())), value(one))).collect()),
        }),
    }
}

fn environment() -> Arc<Env> {
    let mut made = Env::stdlib();
    made.add_extension(extensions::strings).unwrap();
    Arc::new(made)
}

pub fn cases(folder: &str) {
    let environment = environment();
    for case in parsed(folder, "cases.json").as_array().unwrap() {
        let (id, text) = (case["id"].as_str().unwrap(), case["expr"].as_str().unwrap());
        let mut bound = Context::with_env(environment.clone());
        for (name, given) in case["in"].as_object().unwrap() {
            bound.add_variable_from_value(name.clone(), value(given));
        }
        let program = environment.compile(text).unwrap();
        assert_eq!(program.execute(&bound).unwrap(), value(&case["out"]), "{id}");
        let expression = program.expression();
        tell(PEER, "evaluate", id, sample(7, 30.0, || {
            black_box(Value::resolve_val(expression, &bound).is_ok());
        }), json!({}));
        tell(PEER, "compile", id, sample(5, 20.0, || {
            black_box(environment.compile(text).is_ok());
        }), json!({}));
    }
}

pub fn conditions(folder: &str) {
    let environment = environment();
    let text = read(folder, "rules.txt");
    let bytes = read(folder, "resource.json");
    let parameters = value(&parsed(folder, "params.json"));
    let programs: Vec<_> = text.lines().map(|line| environment.compile(line).unwrap()).collect();
    let bind = |resource: &Json| {
        let mut made = Context::with_env(environment.clone());
        made.add_variable_from_value("resource", value(resource));
        made.add_variable_from_value("params", parameters.clone());
        made
    };
    let holds = |program: &cel::Program, bound: &Context| {
        let found = Value::resolve_val(program.expression(), bound).unwrap();
        *found.as_ref().downcast_ref::<CelBool>().unwrap().inner()
    };
    let bound = bind(&serde_json::from_str(&bytes).unwrap());
    let answers: String = programs.iter().map(|program| if holds(program, &bound) { '1' } else { '0' }).collect();
    assert_eq!(answers, read(folder, "rules.answers"), "cel-rust and cel-go differ");
    tell(PEER, "conditions", "compile", sample(5, 100.0, || {
        text.lines().for_each(|line| { black_box(environment.compile(line).is_ok()); });
    }), json!({}));
    tell(PEER, "conditions", "evaluate", sample(7, 100.0, || {
        black_box(programs.iter().filter(|program| holds(program, &bound)).count());
    }), json!({}));
    tell(PEER, "conditions", "bytes", sample(7, 100.0, || {
        let bound = bind(&serde_json::from_str(&bytes).unwrap());
        black_box(programs.iter().filter(|program| holds(program, &bound)).count());
    }), json!({}));
}
