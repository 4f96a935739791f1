//! Effects of changes, from items to the outcome to propose.

use otklik_facts::{Dimension, Filter, Item};
use otklik_metrics::{
    ArmRole, DatePeriod, Denominators, EffectMeasure, EffectQuestion, Exposure, Look, Metric, measure_effect,
};
use otklik_stats::effect::{Caveat, Direction, Hypothesis, Looks, Obstacle, Outcome, Unit};

use crate::company::{base, facts, january, metric, own};

const MONTHS: [&str; 4] = ["2026-01", "2026-02", "2026-03", "2026-04"];

/// Complaints of a region: so many a week in January and February, and in March and April.
fn complaints(region: &str, before: [i32; 2], after: [i32; 2]) -> Vec<Item> {
    let weeks = (0..8).map(|week| (week * 7, before[week as usize % 2]));
    let later = (0..8).map(|week| (59 + week * 7, after[week as usize % 2]));
    weeks
        .chain(later)
        .flat_map(|(first, count)| (0..count).map(move |number| first + number % 7))
        .map(|day| Item {
            day: january() + day,
            region: Some(region.to_owned()),
            complaint: true,
            nps: Some(if day < 59 { 3 } else { (day % 11) as u8 }),
            ..Item::default()
        })
        .collect()
}

fn question(control: Option<&str>, hypothesis: Hypothesis) -> EffectQuestion {
    let dates = |from: &str, to: &str| DatePeriod { from: from.into(), to: to.into() };
    EffectQuestion {
        filter: Filter::any_of(Dimension::Region, ["treated"]),
        control: control.map(|region| Filter::any_of(Dimension::Region, [region])),
        before: dates("2026-01-01", "2026-02-25"),
        after: dates("2026-03-01", "2026-04-25"),
        hypothesis,
        look: Look::Once,
    }
}

fn fewer(percent: f64) -> Hypothesis {
    Hypothesis { direction: Direction::Down, smallest: percent, unit: Unit::Percent }
}

fn ask(items: Vec<Item>, code: &str, question: &EffectQuestion, base: &Denominators) -> EffectMeasure {
    measure_effect(&facts(items), &metric(code), question, base).expect("a measure")
}

#[test]
fn complaints_that_halved_worked() {
    let items = complaints("treated", [101, 99], [50, 52]);
    let found = ask(items, "count", &question(None, fewer(20.0)), &Denominators::default());
    assert_eq!((found.result.outcome, found.exposure), (Outcome::Worked, Exposure::Days));
    let effect = found.result.effect.unwrap();
    assert!((effect.value + 49.0).abs() < 1e-9, "{effect:?}");
    assert_eq!(found.result.caveats, [Caveat::NoControl]);
    let roles: Vec<_> = found.arms.iter().map(|arm| (arm.role, arm.n, arm.weeks.len())).collect();
    assert_eq!(roles, [(ArmRole::TreatedBefore, 800, 8), (ArmRole::TreatedAfter, 408, 8)]);
    assert!((found.arms[0].value.unwrap() - 800.0 * 30.0 / 56.0).abs() < 1e-9);
}

#[test]
fn what_halved_everywhere_is_no_effect_of_the_change() {
    let items =
        [complaints("treated", [101, 99], [50, 52]), complaints("control", [201, 199], [100, 104])].concat();
    let found = ask(items, "count", &question(Some("control"), fewer(20.0)), &Denominators::default());
    assert_eq!((found.result.outcome, found.arms.len()), (Outcome::NoEffect, 4));
}

#[test]
fn a_few_wild_weeks_cannot_tell_and_say_how_many_more_are_needed() {
    let items = complaints("treated", [20, 180], [5, 155]);
    let found = ask(items, "claim_rate", &question(None, fewer(20.0)), &Denominators::default());
    assert_eq!((found.result.outcome, found.result.obstacle), (Outcome::CannotTell, Some(Obstacle::TooWide)));
    assert!(found.result.inflation > 10.0 && found.result.caveats.contains(&Caveat::Overdispersed));
}

#[test]
fn the_customer_base_divides_where_it_knows_the_group() {
    let items = complaints("treated", [101, 99], [50, 52]);
    let region = |customers: [u64; 4]| {
        Denominators::new(MONTHS.iter().zip(customers).map(|(month, customers)| otklik_metrics::BaseRow {
            month: (*month).to_owned(),
            region: Some("treated".to_owned()),
            customers: Some(customers),
            ..otklik_metrics::BaseRow::default()
        }))
    };
    // The region halved too: so did its complaints, and the rate stayed.
    let asked = question(None, fewer(20.0));
    let found = ask(items.clone(), "claim_rate", &asked, &region([2_000, 2_000, 1_000, 1_000]));
    assert_eq!((found.exposure, found.result.outcome), (Exposure::CustomerBase, Outcome::NoEffect));
    assert!((found.arms[0].value.unwrap() - 800.0 / 2.0 * 30.0 / 56.0).abs() < 1e-9);
    let unknown = ask(items, "claim_rate", &asked, &base(&MONTHS, &[(None, 5_000)]));
    assert_eq!((unknown.exposure, unknown.result.outcome), (Exposure::Days, Outcome::Worked));
}

#[test]
fn scores_are_measured_in_the_metrics_own_unit() {
    let items = complaints("treated", [100, 100], [100, 100]);
    let more = Hypothesis { direction: Direction::Up, smallest: 10.0, unit: Unit::Points };
    let nps = ask(items.clone(), "nps", &question(None, more), &Denominators::default());
    assert_eq!((nps.exposure, nps.result.outcome), (Exposure::Answers, Outcome::Worked));
    let share = Hypothesis { direction: Direction::Down, smallest: 5.0, unit: Unit::Points };
    let complaint_share = ask(items, "complaint_share", &question(None, share), &Denominators::default());
    assert_eq!(
        (complaint_share.arms[0].value, complaint_share.result.outcome),
        (Some(100.0), Outcome::NoEffect)
    );
}

#[test]
fn a_period_without_items_is_refused_and_the_wrong_order_is_an_error() {
    let more = Hypothesis { direction: Direction::Up, smallest: 10.0, unit: Unit::Points };
    let nothing = ask(Vec::new(), "nps", &question(None, more), &Denominators::default());
    assert_eq!((nothing.result.effect, nothing.result.obstacle), (None, Some(Obstacle::NoData)));
    let right = question(None, more);
    let wrong = EffectQuestion { before: right.after.clone(), after: right.before.clone(), ..right };
    let refused = measure_effect(&facts([]), &metric("nps"), &wrong, &Denominators::default());
    assert_eq!(refused.unwrap_err().code(), "bad_period");
}

#[test]
fn a_metric_of_ones_own_is_measured_where_it_looks() {
    let fallen = question(None, fewer(20.0));
    let everywhere = EffectQuestion { filter: Filter::All, ..fallen.clone() };
    let items =
        [complaints("treated", [101, 99], [50, 52]), complaints("control", [201, 199], [201, 199])].concat();
    let facts = facts(items);
    let here =
        own(r#""formula":{"kind":"items"},"filter":{"in":{"dimension":"region","values":["treated"]}}"#);
    let measured = |metric: &Metric, question| {
        measure_effect(&facts, metric, question, &Denominators::default()).expect("a measure")
    };
    assert_eq!(measured(&here, &everywhere), {
        let by_question = measured(&metric("count"), &fallen);
        EffectMeasure { metric: "own".into(), version: 0, ..by_question }
    });
    let ratio = own(r#""formula":{"kind":"expression","text":"count / customers"}"#);
    let refused = measure_effect(&facts, &ratio, &fallen, &Denominators::default()).unwrap_err();
    assert_eq!((refused.code(), refused.params()[0].1.as_str()), ("metric_without_effect", "own"));
}

#[test]
fn one_look_of_many_is_less_sure() {
    let items = complaints("treated", [101, 99], [50, 52]);
    let once = question(None, fewer(20.0));
    let again = EffectQuestion { look: Look::Running { planned_weeks: None }, ..once.clone() };
    let measured = |question| ask(items.clone(), "count", question, &Denominators::default()).result;
    let (once, again) = (measured(&once), measured(&again));
    assert_eq!((once.looks, again.looks), (Looks::Once, Looks::Any));
    let width = |effect: &otklik_stats::effect::Effect| effect.effect.map(|it| it.high - it.low).unwrap();
    assert!(width(&again) > width(&once), "{again:?}");
}

#[test]
fn the_wire_form_reads_back() {
    let found = ask(
        complaints("treated", [9, 9], [9, 9]),
        "count",
        &question(None, fewer(20.0)),
        &Denominators::default(),
    );
    let wire = serde_json::to_string(&found).unwrap();
    let back: EffectMeasure = serde_json::from_str(&wire).unwrap();
    assert_eq!(serde_json::to_string(&back).unwrap(), wire);
}
