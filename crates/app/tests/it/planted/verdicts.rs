//! What the measurement proposes on the check date is what was planted, or an honest «cannot tell» of a small company.

use otklik_backlog::problems::{ProblemFilter, list_problems};
use otklik_backlog::solutions::list_solutions;
use otklik_backlog::verdicts::list_verdicts;
use serde_json::Value;

use super::Planted;

/// Effects that show already in a company of this size.
const FOUND_AT_LEAST: usize = 4;

pub async fn check(planted: &mut Planted) {
    let mut found = 0;
    for truth in planted.truths.clone() {
        for plan in truth["plans"].as_array().unwrap() {
            found += usize::from(is_proposed(planted, &truth, plan).await);
        }
    }
    let otherwise: i64 =
        sqlx::query_scalar("select count(*) from verdict where signed is not null and signed <> proposed")
            .fetch_one(planted.app.store.reader())
            .await
            .unwrap();
    planted.expect(otherwise == 0, format_args!("{otherwise} verdicts were signed against the data"));
    planted.expect(found >= FOUND_AT_LEAST, format_args!("only {found} verdicts say what was planted"));
}

async fn is_proposed(planted: &mut Planted, truth: &Value, plan: &Value) -> bool {
    let story = planted.company.problems.iter().find(|problem| problem.code == truth["problem"]).unwrap();
    let place = story.solutions.iter().position(|solution| solution.plan == plan["plan"]).unwrap();
    let title = story.title.en.clone();
    let store = &planted.app.store;
    let problems = list_problems(store, &ProblemFilter::default()).await.unwrap().items;
    let problem = problems.into_iter().find(|problem| problem.title == title).unwrap();
    let solution = list_solutions(store, &problem.id).await.unwrap().swap_remove(place);
    let what = (&truth["id"], &plan["plan"], &plan["expected"]);
    let Some(verdict) = list_verdicts(store, &solution.id).await.unwrap().pop() else {
        // The data cannot tell of the plan before yet: this one waits for it.
        planted.expect(place > 0 && solution.released_at.is_none(), format_args!("{what:?}: no verdict"));
        return false;
    };
    let again = planted.app.measure_plan(&problem, &solution).await.unwrap();
    let again = serde_json::to_value(again.result.outcome).unwrap();
    let proposed = serde_json::to_value(verdict.proposed).unwrap();
    let (is_same, is_refused) = (proposed == plan["expected"], proposed == "cannot_tell");
    planted
        .expect(is_same || is_refused, format_args!("{what:?}: {proposed}, {}", verdict.measure["result"]));
    planted.expect(again == proposed, format_args!("{what:?}: {proposed}, measured again {again}"));
    is_same && !is_refused
}
