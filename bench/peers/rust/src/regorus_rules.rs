//! regorus on the rules in Rego: its interpreter, and its register machine.
use crate::measure::{each, tell};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use regorus::{Engine, Value};
use serde_json::json;
use std::hint::black_box;

const QUERY: &str = "data.main.deny";

fn engine(text: &str) -> Engine {
    let mut made = Engine::new();
    made.set_strict_builtin_errors(false); // with strict ones, a json.unmarshal of no JSON ends the whole evaluation; OPA goes on
    made.add_policy("rules.rego".into(), text.to_string()).unwrap();
    made
}

pub fn load(rules: &str, repeats: usize) {
    let text = std::fs::read_to_string(rules).unwrap();
    tell("regorus", "interpreter", "load", each(repeats, || {
        black_box(engine(&text).compile_with_entrypoint(&QUERY.into()).unwrap());
    }), json!({"rules": rules}));
    let compiled = engine(&text).compile_with_entrypoint(&QUERY.into()).unwrap();
    if Compiler::compile_from_policy(&compiled, &[QUERY]).is_ok() {
        tell("regorus", "vm", "load", each(repeats, || {
            let compiled = engine(&text).compile_with_entrypoint(&QUERY.into()).unwrap();
            black_box(Compiler::compile_from_policy(&compiled, &[QUERY]).unwrap());
        }), json!({"rules": rules}));
    }
}

fn denials(found: &Value) -> Vec<String> {
    found.as_set().map(|set| set.iter().map(|one| one.as_string().unwrap().to_string()).collect()).unwrap_or_default()
}

pub fn evaluate(agree: bool, on_machine: bool, each_resource: bool, rules: &str, plan: &str, repeats: usize) {
    let mut interpreter = engine(&std::fs::read_to_string(rules).unwrap());
    let mut machine = RegoVM::new();
    machine.set_max_instructions(usize::MAX); // its default, 25,000, ends on a plan of 50 resources
    let compiled = interpreter.compile_with_entrypoint(&QUERY.into()).unwrap();
    if on_machine {
        machine.load_program(Compiler::compile_from_policy(&compiled, &[QUERY]).unwrap());
    }
    let plan = Value::from_json_file(plan).unwrap();
    let inputs: Vec<Value> = if each_resource { plan["resource_changes"].as_array().unwrap().to_vec() } else { vec![plan] };
    let mut ask = |input: &Value| {
        if on_machine {
            machine.set_input(input.clone());
            machine.execute().unwrap()
        } else {
            interpreter.set_input(input.clone());
            interpreter.eval_rule(QUERY.into()).unwrap()
        }
    };
    if agree {
        let mut lines: Vec<String> = inputs.iter().flat_map(|input| denials(&ask(input))).collect();
        lines.sort();
        lines.dedup();
        lines.iter().for_each(|line| println!("{line}"));
        return;
    }
    let mut count = 0;
    let times = each(repeats, || count = inputs.iter().map(|input| denials(&ask(input)).len()).sum());
    let form = if each_resource { "each" } else { "whole" };
    tell("regorus", if on_machine { "vm" } else { "interpreter" }, form, times, json!({"denials": count}));
}
