//! bench/peers: the engines that are Rust crates. One JSON line a figure, or the sorted denials of `agree`.
//!
//!   peers expressions DIR                      cel-rust and wirefilter on cases.json
//!   peers conditions DIR                       cel-rust on rules.txt over resource.json
//!   peers regorus load RULES REPEATS
//!   peers regorus time|agree interpreter|vm each|whole RULES PLAN REPEATS
//!   peers cedar time|agree RULES PLAN REPEATS
mod cedar;
mod expressions;
mod measure;
mod regorus_rules;
mod wirefilter_rules;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["expressions", folder] => {
            expressions::cases(folder);
            wirefilter_rules::cases();
        }
        ["conditions", folder] => expressions::conditions(folder),
        ["regorus", "load", rules, repeats] => regorus_rules::load(rules, repeats.parse().unwrap()),
        ["regorus", what, engine, form, rules, plan, repeats] => {
            regorus_rules::evaluate(*what == "agree", *engine == "vm", *form == "each", rules, plan, repeats.parse().unwrap())
        }
        ["cedar", what, rules, plan, repeats] => cedar::evaluate(*what == "agree", rules, plan, repeats.parse().unwrap()),
        _ => {
            eprintln!("peers: expressions, conditions, regorus or cedar, with their arguments");
            std::process::exit(2);
        }
    }
}
