//! The planted truths, found again by plain counting.

use jiff::civil::Date;
use otklik_demo::{Item, Truth, TruthKind, VerdictResult};

use crate::{FULL, ITEMS, day, share};

fn truth(kind: TruthKind) -> &'static Truth {
    FULL.truths.truths.iter().find(|truth| truth.kind == kind).expect("each kind is planted")
}

/// How many of the days' items speak of the topic, and of how many, among those of the regions named (all when none).
fn speak(topic: &str, from: Date, to: Date, regions: &[&str]) -> (f64, f64) {
    let here = |item: &&Item<'_>| {
        (from..to).contains(&day(item))
            && (regions.is_empty() || item.region.is_some_and(|code| regions.contains(&code)))
    };
    let all = ITEMS.iter().filter(here).count();
    (ITEMS.iter().filter(here).filter(|item| item.meant.contains(&topic)).count() as f64, all as f64)
}

/// The share of those that speak of the topic.
fn intensity(topic: &str, from: Date, to: Date, regions: &[&str]) -> f64 {
    let (hits, all) = speak(topic, from, to, regions);
    hits / all.max(1.0)
}

#[test]
fn windows_show_the_levels_that_were_planted() {
    for truth in &FULL.truths.truths {
        let regions: Vec<&str> =
            truth.filter.iter().filter(|s| s.dimension == "region").map(|s| s.value.as_str()).collect();
        let Some((first, later)) = truth.windows.split_first() else { continue };
        let (before, all_before) = speak(&truth.topic, first.from, first.to, &regions);
        for window in later {
            let (found, all) = speak(&truth.topic, window.from, window.to, &regions);
            let ratio = window.level / first.level * all / all_before;
            let expected = before * ratio;
            // Few items come out by chance as they will, before and after.
            let chance = 3.5 * (expected + before * ratio * ratio).sqrt();
            let near = (found - expected).abs() < chance.min(0.8 * expected.max(8.0));
            assert!(near, "{} {}: expected {expected:.1}, found {found}", truth.id, window.name);
        }
    }
}

#[test]
fn the_growing_problem_doubles() {
    let [before, after] = &truth(TruthKind::Growing).windows[..] else { panic!("two windows") };
    assert!((1.9..2.3).contains(&(after.level / before.level)));
}

/// Chance moves a topic's weeks half as far as it would in life, so that every seed tells the same story.
#[test]
fn weeks_of_a_steady_topic_scatter_less_than_chance() {
    let mut weeks = [0.0_f64; 26];
    for item in ITEMS.iter().filter(|item| item.meant.first() == Some(&"loans.insurance")) {
        let back = FULL.plan.today.since(day(item)).map_or(0, |gap| gap.get_days()) as usize / 7;
        if let Some(week) = weeks.get_mut(back) {
            *week += 1.0;
        }
    }
    let mean = weeks.iter().sum::<f64>() / 26.0;
    let variance = weeks.iter().map(|week| (week - mean).powi(2)).sum::<f64>() / 25.0;
    assert!(mean > 5.0 && (0.05..0.8).contains(&(variance / mean)), "{mean} {variance}");
}

#[test]
fn the_control_group_of_the_pilot_stays_as_it_was() {
    let pilot = truth(TruthKind::Pilot);
    let control: Vec<&str> = pilot.control.iter().map(|slice| slice.value.as_str()).collect();
    let [before, after] = &pilot.windows[..] else { panic!("two windows") };
    let [before, after] =
        [before, after].map(|window| intensity(&pilot.topic, window.from, window.to, &control));
    assert!((0.75..1.35).contains(&(after / before)), "{before} {after}");
}

#[test]
fn one_segment_suffers_most() {
    let truth = truth(TruthKind::Segment);
    let rate = |suffers: bool| {
        let of =
            |item: &&Item<'_>| item.segment.is_some_and(|code| (code == truth.filter[0].value) == suffers);
        let all = ITEMS.iter().filter(of).count();
        share(ITEMS.iter().filter(of).filter(|item| item.meant.contains(&truth.topic.as_str())).count(), all)
    };
    assert!(rate(true) / rate(false) > 2.5, "{} {}", rate(true), rate(false));
}

#[test]
fn releases_and_verdicts_agree_with_the_story() {
    use VerdictResult::{CannotTell, NoEffect, Worked};
    let verdicts = |kind| truth(kind).plans.iter().map(|plan| plan.expected).collect::<Vec<_>>();
    assert_eq!(verdicts(TruthKind::SolvedByPlanA), [Worked]);
    assert_eq!(verdicts(TruthKind::SolvedByPlanB), [NoEffect, Worked]);
    assert_eq!(verdicts(TruthKind::Returned), [Worked]);
    assert_eq!(verdicts(TruthKind::Waiting), [Worked]);
    assert_eq!(verdicts(TruthKind::Idle), [NoEffect]);
    assert_eq!(verdicts(TruthKind::FewAnswers), [CannotTell]);
    for truth in &FULL.truths.truths {
        assert!(
            truth
                .plans
                .iter()
                .all(|plan| plan.released_on < plan.check_on && plan.check_on < FULL.plan.today)
        );
    }
}

#[test]
fn truths_can_be_written_down() {
    let json = serde_json::to_value(&FULL.truths).unwrap();
    assert_eq!(json["truths"].as_array().map(Vec::len), Some(FULL.truths.truths.len()));
    assert_eq!(json["truths"][0]["kind"], "growing");
}
