//! Criteria: scores, the laws of ranking, the map, and editing the formula.

use jiff::civil::date;
use otklik_backlog::criteria::{self, DEFAULT_FORMULA, ScoreInputs, Scored, rank_problems};
use otklik_backlog::debt::{DebtInputs, compute_debt};
use otklik_backlog::formula::{Evaluation, Variable};
use otklik_backlog::map::{Unplaced, compose_map};
use otklik_backlog::problems::MoneyInputs;
use otklik_backlog::scale::{ScaleInputs, Window, compute_scale};
use otklik_backlog::{BacklogError, Criticality, Problem};
use otklik_store::ids::ProblemId;
use otklik_testkit::both;
use proptest::prelude::*;

use crate::world::{World, code};

fn scored(number: u64, score: Option<f64>) -> Scored {
    let score = match score {
        Some(value) => Evaluation::Known { value },
        None => Evaluation::Missing { variables: vec![Variable::Criticality] },
    };
    Scored { id: ProblemId(number.to_string()), number, score }
}

#[test]
fn equal_scores_share_a_rank() {
    let ranked = rank_problems(vec![
        scored(1, None),
        scored(2, Some(5.0)),
        scored(3, Some(9.0)),
        scored(4, Some(5.0)),
        scored(5, Some(-1.0)),
        scored(6, None),
    ]);
    let places: Vec<_> = ranked.iter().map(|ranked| (ranked.number, ranked.rank)).collect();
    let expected = [(3, Some(1)), (2, Some(2)), (4, Some(2)), (5, Some(4)), (1, None), (6, None)];
    assert_eq!(places, expected);
}

proptest! {
    #[test]
    fn ranking_is_a_total_order(scores in proptest::collection::vec(proptest::option::of(-5_i8..5), 0..40), turn in 0_usize..40) {
        let mut rows: Vec<Scored> =
            (1..).zip(&scores).map(|(number, score)| scored(number, score.map(f64::from))).collect();
        let ranked = rank_problems(rows.clone());
        if !rows.is_empty() {
            let turn = turn % rows.len();
            rows.rotate_left(turn);
        }
        prop_assert_eq!(&rank_problems(rows), &ranked, "the order of arrival plays no part");
        for pair in ranked.windows(2) {
            let (first, second) = (&pair[0], &pair[1]);
            match (first.score.value(), second.score.value()) {
                (Some(a), Some(b)) if a == b => prop_assert!(first.rank == second.rank && first.number < second.number),
                (Some(a), Some(b)) => prop_assert!(a > b && first.rank < second.rank),
                (None, second) => prop_assert!(second.is_none()),
                (Some(_), None) => {}
            }
        }
        for (place, row) in (1_u64..).zip(&ranked) {
            prop_assert!(row.rank.is_none_or(|rank| rank <= place));
            prop_assert_eq!(row.rank.is_some(), row.score.value().is_some());
        }
    }
}

both! {
    async fn the_formula_is_changed_by_one_at_a_time(store: TestStore) {
        let world = World::new(store).await;
        let built_in = criteria::load_criteria(&world).await.unwrap();
        assert_eq!((built_in.version, built_in.formula.text()), (0, DEFAULT_FORMULA));
        let mut tx = world.tx().await;
        let wrong = criteria::update_criteria(&mut tx, 0, "Долг", "Debt", "debt * ").await;
        let Err(BacklogError::FormulaInvalid(place)) = wrong else { panic!("{wrong:?}") };
        assert_eq!(place.position, 6, "blanks at the ends are not the formula's");
        assert_eq!(code(criteria::update_criteria(&mut tx, 1, "Долг", "Debt", "debt").await), "stale");
        let first = criteria::update_criteria(&mut tx, 0, "Долг", "Debt", "debt").await.unwrap();
        assert_eq!(first.version, 1);
        assert_eq!(code(criteria::update_criteria(&mut tx, 0, "Долг", "Debt", "cost").await), "stale");
        let second = criteria::update_criteria(&mut tx, 1, "Долг", "Debt", "debt / cost").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(second.version, 2);
        assert_eq!(criteria::load_criteria(&world).await.unwrap(), second);
    }

    async fn scores_and_map_come_from_what_is_known(store: TestStore) {
        let world = World::new(store).await;
        let (mut placed, bare) = (world.problem("Переводы").await, world.problem("Чат").await);
        placed.criticality = Some(Criticality::ChurnLikely);
        let scale = compute_scale(&ScaleInputs {
            window: Window { from: date(2026, 1, 1), days: 90 },
            seen_customers: 10,
            seen_items: 12,
            anonymous_items: 0,
            heard_customers: 400,
            heard_items: 400,
            answers_with: 0,
            answers_all: 0,
            base_customers: None,
        });
        let money = MoneyInputs { claim_cost: Some(100.0), ..MoneyInputs::default() };
        let debt = compute_debt(&DebtInputs::of(money, &scale, Some(45)));
        assert!(debt.at_least && (debt.amount_a_month.unwrap() - 1521.875).abs() < 1e-9, "{debt:?}");
        let set = criteria::load_criteria(&world).await.unwrap();
        let score = |problem: &Problem| {
            let inputs = ScoreInputs { criticality: problem.criticality, ..ScoreInputs::default() };
            let score = set.score(&inputs.with_scale(&scale).with_debt(&debt));
            Scored { id: problem.id.clone(), number: problem.number, score }
        };
        let ranked = rank_problems(vec![score(&bare), score(&placed)]);
        assert_eq!(ranked[0].score, Evaluation::Known { value: 10.0 }, "4 × 2.5 %");
        assert_eq!(ranked[1].score, Evaluation::Missing { variables: vec![Variable::Criticality] });
        let map = compose_map([(&placed, Some(&scale), &ranked[0]), (&bare, None, &ranked[1])]);
        let point = &map.points[0];
        assert_eq!((point.share_pct, point.customers, point.rank), (2.5, 10, Some(1)));
        assert_eq!(map.unplaced[0].missing, [Unplaced::Scale, Unplaced::Criticality]);
    }
}
