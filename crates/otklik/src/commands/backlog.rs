//! `otklik backlog`: the problems in their order, with what each weighs and where its plans stand.

use otklik_app::App;
use otklik_app::assessment::Assessed;
use otklik_backlog::problems::ProblemFilter;
use otklik_backlog::solutions::{current_plan, place_of};
use otklik_platform::Scope;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output;

pub async fn run(app: App, as_json: bool) -> Result<(), Failure> {
    app.load_facts().await?;
    let mut problems = app.assess_problems(&Scope::Company, ProblemFilter::default()).await?;
    problems.sort_by_key(|problem| (problem.ranked.rank.unwrap_or(u64::MAX), problem.problem.number));
    if as_json {
        return output::json(&problems.iter().map(object).collect::<Vec<_>>());
    }
    output::line(
        "rank\tnumber\tstate\tcustomers\tshare_pct\tlow_pct\thigh_pct\tcriticality\tscore\tplan\tverdict\ttitle",
    );
    for problem in &problems {
        output::line(row(problem).join("\t"));
    }
    Ok(())
}

fn row(assessed: &Assessed) -> Vec<String> {
    let Value::Object(cells) = object(assessed) else { return Vec::new() };
    let names = [
        "rank",
        "number",
        "state",
        "customers",
        "share_pct",
        "low_pct",
        "high_pct",
        "criticality",
        "score",
        "plan",
        "verdict",
        "title",
    ];
    names.iter().map(|name| cell(&cells[*name])).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => format!("{:.2}", number.as_f64().unwrap_or_default()),
        other => other.to_string(),
    }
}

/// A problem as programs read it. `customers` is the number the backlog ranks by; the share is that of the answers or
/// of the customers heard, as `basis` says, in per cent with its interval.
fn object(assessed: &Assessed) -> Value {
    let Assessed { problem, plans, scale, ranked, .. } = assessed;
    let share = scale.as_ref().and_then(|scale| scale.share);
    let letter = |place: u32| char::from_u32(u32::from('A') + place).map(String::from);
    let current = current_plan(plans);
    json!({
        "rank": ranked.rank,
        "number": problem.number,
        "title": problem.title,
        "kind": problem.kind,
        "state": problem.state,
        "customers": scale.as_ref().map(|scale| scale.customers()),
        "basis": scale.as_ref().and_then(|scale| scale.basis),
        "share_pct": share.map(|share| share.value * 100.0),
        "low_pct": share.map(|share| share.low * 100.0),
        "high_pct": share.map(|share| share.high * 100.0),
        "criticality": problem.criticality.map(|criticality| criticality.level()),
        "score": ranked.score.value(),
        "plan": current.and_then(|plan| place_of(plans, &plan.id)).and_then(letter),
        "plan_title": current.map(|plan| plan.title.as_str()),
        "verdict": plans.iter().rev().find_map(|plan| plan.outcome),
    })
}
