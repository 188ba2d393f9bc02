//! Cedar on the rules as `forbid` policies; each resource is an entity. It has no null, no fraction, no quantifier over
//! records, no regex and no JSON: the host leaves out or derives what it cannot say.
use crate::measure::{each, tell};
use cedar_policy as cedar;
use serde_json::{json, Map, Value as Json};
use std::collections::HashMap;

fn cleaned(given: &Json) -> Option<Json> {
    match given {
        Json::Null => None,
        Json::Number(number) if !number.is_i64() => Some(Json::String(number.to_string())),
        Json::Array(items) => Some(Json::Array(items.iter().filter_map(cleaned).collect())),
        Json::Object(members) => Some(Json::Object(members.iter().filter_map(|(name, one)| Some((name.clone(), cleaned(one)?))).collect())),
        _ => Some(given.clone()),
    }
}

fn items<'a>(given: &'a Json) -> impl Iterator<Item = &'a Json> {
    given.as_array().into_iter().flatten()
}

fn open_ports(rule: &Json, found: &mut Vec<i64>) {
    if !items(&rule["cidr_blocks"]).any(|range| range == "0.0.0.0/0") {
        return;
    }
    if let (Some(from), Some(to)) = (rule["from_port"].as_i64(), rule["to_port"].as_i64()) {
        // the two ports of each of the 67 variants of the rule
        found.extend([22, 3389].into_iter().flat_map(|port| port..port + 67).filter(|port| from <= *port && *port <= to));
    }
}

fn administrators(policy: &str) -> usize {
    let Ok(document) = serde_json::from_str::<Json>(policy) else { return 0 };
    let star = |given: &Json| given == "*" || items(given).any(|one| one == "*");
    items(&document["Statement"]).filter(|one| one["Effect"] == "Allow" && star(&one["Action"]) && star(&one["Resource"])).count()
}

fn derive(kind: &str, after: &Json, to: &mut Map<String, Json>) {
    let mut ports = vec![];
    match kind {
        "aws_security_group" => items(&after["ingress"]).for_each(|rule| open_ports(rule, &mut ports)),
        "aws_security_group_rule" if after["type"] == "ingress" => open_ports(after, &mut ports),
        "google_compute_firewall" if items(&after["source_ranges"]).any(|range| range == "0.0.0.0/0") => ports.extend(
            items(&after["allow"]).flat_map(|allow| items(&allow["ports"])).filter_map(|port| port.as_str()?.parse::<i64>().ok())),
        "google_compute_instance" => {
            let count: usize = items(&after["network_interface"]).map(|one| items(&one["access_config"]).count()).sum();
            to.insert("d_access_configs".into(), json!(count));
            if let Some(email) = after["service_account"][0]["email"].as_str() {
                to.insert("d_sa_email".into(), json!(email));
            }
        }
        "aws_elasticsearch_domain" => {
            let policies = items(&after["domain_endpoint_options"]).filter_map(|one| cleaned(&one["tls_security_policy"])).collect();
            to.insert("d_tls_policies".into(), policies);
        }
        "aws_iam_policy" | "aws_iam_role_policy" | "aws_iam_user_policy" => {
            to.insert("d_admin_statements".into(), json!(administrators(after["policy"].as_str().unwrap_or(""))));
        }
        "google_sql_database_instance" => {
            let networks = items(&after["settings"]).flat_map(|one| items(&one["ip_configuration"]))
                .flat_map(|one| items(&one["authorized_networks"])).map(|one| one["value"].clone()).filter(Json::is_string);
            to.insert("d_authorized_networks".into(), networks.collect());
        }
        _ => {}
    }
    if !ports.is_empty() {
        to.insert("d_world_ranges".into(), json!(true));
        to.insert("d_world_ports".into(), json!(ports));
    }
}

fn requests(plan: &Json) -> Vec<(cedar::Request, cedar::Entities)> {
    let action: cedar::EntityUid = "Action::\"create\"".parse().unwrap();
    let who: cedar::EntityUid = "User::\"ci\"".parse().unwrap();
    items(&plan["resource_changes"])
        .filter(|change| change["mode"] == "managed" && change["change"]["after"].is_object())
        .map(|change| {
            let kind = change["type"].as_str().unwrap();
            let Some(Json::Object(mut attributes)) = cleaned(&change["change"]["after"]) else { unreachable!() };
            derive(kind, &change["change"]["after"], &mut attributes);
            attributes.insert("address".into(), change["address"].clone());
            let identity = json!({"type": kind, "id": change["address"]});
            let entity = cedar::Entity::from_json_value(json!({"uid": identity, "attrs": attributes, "parents": []}), None).unwrap();
            let request = cedar::Request::new(who.clone(), action.clone(), entity.uid(), cedar::Context::empty(), None).unwrap();
            (request, cedar::Entities::from_entities([entity], None).unwrap())
        })
        .collect()
}

pub fn evaluate(agree: bool, rules: &str, plan: &str, repeats: usize) {
    let text = std::fs::read_to_string(rules).unwrap();
    let policies: cedar::PolicySet = text.parse().unwrap();
    let requests = requests(&serde_json::from_str(&std::fs::read_to_string(plan).unwrap()).unwrap());
    let authorizer = cedar::Authorizer::new();
    if agree {
        let names: HashMap<_, _> = policies.policies().map(|one| (one.id().clone(), one.annotation("id").unwrap().to_string())).collect();
        let mut lines = vec![];
        for (request, entities) in &requests {
            let address: String = AsRef::<str>::as_ref(request.resource().unwrap().id()).to_string();
            for policy in authorizer.is_authorized(request, &policies, entities).diagnostics().reason() {
                lines.push(format!("{} {address}", names[policy].split('.').next().unwrap()));
            }
        }
        lines.sort();
        lines.dedup();
        lines.iter().for_each(|line| println!("{line}"));
        return;
    }
    tell("cedar", "library", "load", each(repeats, || {
        std::hint::black_box(text.parse::<cedar::PolicySet>().unwrap());
    }), json!({}));
    let mut count = 0;
    let times = each(repeats, || {
        count = requests.iter().map(|(request, entities)| {
            authorizer.is_authorized(request, &policies, entities).diagnostics().reason().count()
        }).sum();
    });
    tell("cedar", "library", "each", times, json!({"denials": count}));
}
