//! Scale: the worked numbers of the module, every caveat, and laws that no counts may break.

use jiff::civil::date;
use otklik_backlog::scale::{Basis, Caveat, Scale, ScaleInputs, Step, Window, compute_scale};
use proptest::prelude::*;

const WINDOW: Window = Window { from: date(2026, 1, 1), days: 90 };

const WORKED: ScaleInputs = ScaleInputs {
    window: WINDOW,
    seen_customers: 412,
    seen_items: 520,
    anonymous_items: 31,
    heard_customers: 9_840,
    heard_items: 12_500,
    answers_with: 64,
    answers_all: 2_000,
    base_customers: Some(600_000),
};

fn steps(scale: &Scale) -> Vec<String> {
    let name = |step: &Step| serde_json::to_value(step).unwrap()["step"].as_str().unwrap().to_owned();
    scale.lines.iter().map(|line| name(&line.step)).collect()
}

#[test]
fn answers_estimate_the_base() {
    let scale = compute_scale(&WORKED);
    assert_eq!((scale.seen, scale.basis, scale.base), (412, Some(Basis::Answers), Some(600_000)));
    assert_eq!((scale.estimate, scale.low, scale.high), (Some(19_200), 15_083, Some(24_394)));
    let share = scale.share.unwrap();
    assert_eq!((share.part, share.whole), (64, 2_000));
    assert!((share.low - 0.0251).abs() < 5e-5 && (share.high - 0.0407).abs() < 5e-5, "{share:?}");
    assert_eq!(steps(&scale), ["seen", "anonymous", "share_of_answers", "base", "estimate"]);
    assert_eq!(scale.caveats, [Caveat::AnonymousNotCounted, Caveat::Unprompted]);
}

#[test]
fn contacts_give_a_range_and_no_estimate() {
    let scale = compute_scale(&ScaleInputs { answers_with: 0, answers_all: 0, anonymous_items: 0, ..WORKED });
    assert_eq!((scale.basis, scale.estimate), (Some(Basis::Contacts), None));
    assert_eq!((scale.low, scale.high, scale.customers()), (412, Some(27_606), 412));
    assert_eq!(steps(&scale), ["seen", "share_of_heard", "base", "at_least", "at_most"]);
    assert_eq!(scale.caveats, [Caveat::SelfSelected]);
    assert!((scale.share_pct().unwrap() - 4.187).abs() < 1e-3);
}

#[test]
fn a_few_answers_are_no_sample() {
    let scale = compute_scale(&ScaleInputs { answers_with: 20, answers_all: 29, ..WORKED });
    assert_eq!(scale.basis, Some(Basis::Contacts));
    assert!(scale.caveats.contains(&Caveat::FewAnswers));
}

#[test]
fn an_estimate_never_contradicts_what_was_seen() {
    let scale = compute_scale(&ScaleInputs { answers_with: 0, answers_all: 500, ..WORKED });
    assert_eq!((scale.estimate, scale.low), (Some(412), 412));
    assert!(scale.high.unwrap() > 412);
    assert!(steps(&scale).contains(&"raised_to_seen".to_owned()));
    assert!(scale.caveats.contains(&Caveat::RaisedToSeen));
}

#[test]
fn without_a_fitting_base_only_what_was_seen_stands() {
    for (base_customers, expected) in
        [(None, Caveat::NoBase), (Some(0), Caveat::NoBase), (Some(9_000), Caveat::BaseTooSmall)]
    {
        let scale = compute_scale(&ScaleInputs { base_customers, ..WORKED });
        assert_eq!((scale.estimate, scale.low, scale.high), (None, 412, None));
        assert!(scale.caveats.contains(&expected), "{scale:?}");
        assert!(scale.share.is_some(), "a share needs no base");
    }
}

#[test]
fn nobody_heard_nothing_said() {
    let nothing = ScaleInputs {
        seen_customers: 0,
        seen_items: 0,
        anonymous_items: 0,
        heard_customers: 0,
        heard_items: 0,
        answers_with: 0,
        answers_all: 0,
        ..WORKED
    };
    let scale = compute_scale(&nothing);
    assert_eq!((scale.share, scale.basis, scale.low), (None, None, 0));
    assert_eq!(scale.caveats, [Caveat::NothingSeen]);
}

#[test]
fn items_that_name_no_customer_give_a_share_and_no_customers() {
    let scale = compute_scale(&ScaleInputs {
        seen_customers: 0,
        seen_items: 60,
        anonymous_items: 60,
        heard_customers: 0,
        heard_items: 240,
        answers_with: 0,
        answers_all: 0,
        ..WORKED
    });
    assert_eq!((scale.basis, scale.share_pct()), (Some(Basis::Items), Some(25.0)));
    assert_eq!((scale.estimate, scale.low, scale.high), (None, 0, None));
    assert_eq!(steps(&scale), ["seen", "anonymous", "share_of_items"]);
    assert_eq!(scale.caveats, [Caveat::AnonymousNotCounted, Caveat::SelfSelected]);
}

proptest! {
    #[test]
    fn no_counts_break_the_order(
        seen in 0_u64..1 << 40, more_items in 0_u64..1000, anonymous in 0_u64..1000, silent in 0_u64..1 << 40,
        with in 0_u64..5000, without in 0_u64..5000, base in proptest::option::of(0_u64..1 << 45),
    ) {
        let scale = compute_scale(&ScaleInputs {
            window: WINDOW,
            seen_customers: seen,
            seen_items: seen + more_items,
            anonymous_items: anonymous,
            heard_customers: seen + silent,
            heard_items: seen + more_items + silent,
            answers_with: with,
            answers_all: with + without,
            base_customers: base,
        });
        prop_assert!(scale.low >= seen);
        prop_assert!(scale.estimate.is_none_or(|estimate| estimate >= scale.low));
        let middle = scale.estimate.unwrap_or(scale.low);
        prop_assert!(scale.high.is_none_or(|high| high >= middle));
        prop_assert!(scale.high.is_none() || scale.high <= base, "{scale:?}");
        prop_assert!(scale.estimate.is_none() || scale.basis == Some(Basis::Answers));
        let wire = serde_json::to_string(&scale).unwrap();
        let back: Scale = serde_json::from_str(&wire).unwrap();
        prop_assert_eq!(back.lines.len(), scale.lines.len());
    }
}
