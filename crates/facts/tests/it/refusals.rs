//! What cannot be answered is refused with a code.

use std::sync::mpsc;

use otklik_facts::{Cancel, Dimension, FactQuery, FactRow, Facts, FactsError, Filter, Selection};

use crate::company::{Company, DIMENSIONS};
use crate::laws::build;

fn code(facts: &Facts, query: &FactQuery) -> &'static str {
    facts.query(query).unwrap_err().code()
}

#[test]
fn questions_that_make_no_sense_are_refused() {
    let facts = Facts::new();
    let by = |dimensions: &[Dimension]| FactQuery { dimensions: dimensions.to_vec(), ..FactQuery::default() };
    assert_eq!(code(&facts, &by(&DIMENSIONS[..5])), "too_many_dimensions");
    assert_eq!(code(&facts, &by(&[Dimension::Unit, Dimension::Unit])), "repeated_dimension");
    for (dimension, value) in [
        (Dimension::Month, "2026-13"),
        (Dimension::Week, "2026-11-17"),
        (Dimension::Complaint, "yes"),
        (Dimension::NpsGroup, "fan"),
        (Dimension::Sentiment, "angry"),
        (Dimension::Signal, "smoke"),
    ] {
        let query = FactQuery { filter: Filter::any_of(dimension, [value]).negate(), ..FactQuery::default() };
        assert_eq!(code(&facts, &query), "bad_value", "{value}");
    }
    let page = Selection { limit: 1, before: Some(7), ..Selection::default() };
    assert_eq!(facts.select(&Filter::All, None, page).unwrap_err().code(), "unknown_item");
}

#[test]
fn an_answer_beyond_the_ceiling_is_refused() {
    let mut company = Company::new(6, 3000, 300);
    let (facts, naive) = build(&mut company, 3000, 500);
    // Few possible keys have a place each, many are hashed: the ceiling holds for both.
    for dimensions in [vec![Dimension::Product], DIMENSIONS[..4].to_vec()] {
        let query = FactQuery { dimensions, ..FactQuery::default() };
        let groups = naive.query(&query).len();
        assert_eq!(facts.with_group_limit(groups).query(&query).unwrap().len(), groups);
        assert_eq!(code(&facts.with_group_limit(groups - 1), &query), "too_many_groups");
    }
}

/// The least memory with which a question is answered, found by asking with what the refusal says it needs.
fn memory_for(facts: &Facts, query: &FactQuery) -> (usize, Vec<FactRow>) {
    let mut limit = 1;
    loop {
        match facts.with_memory_limit(limit).query(query) {
            Ok(rows) => return (limit, rows),
            Err(FactsError::TooMuchMemory { needed_bytes, limit_bytes, dimensions }) => {
                assert!(needed_bytes > limit_bytes && limit_bytes == limit);
                assert_eq!(dimensions, query.dimensions);
                limit = needed_bytes;
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn a_question_beyond_the_memory_limit_is_refused() {
    let mut company = Company::new(8, 3000, 300);
    let (facts, naive) = build(&mut company, 3000, 500);
    let refusal = facts.with_memory_limit(1).query(&FactQuery::default()).unwrap_err();
    assert_eq!(refusal.code(), "too_much_memory");
    assert!(refusal.to_string().starts_with("grouping by nothing needs about"), "{refusal}");
    let mut needed = Vec::new();
    for dimensions in [vec![], vec![Dimension::Product], DIMENSIONS[..4].to_vec()] {
        for customers in [false, true] {
            let query = FactQuery { dimensions: dimensions.clone(), customers, ..FactQuery::default() };
            let (limit, rows) = memory_for(&facts, &query);
            assert_eq!(rows, naive.query(&query));
            needed.push(limit);
        }
    }
    assert!(needed.is_sorted() && needed[0] < needed[5], "{needed:?}");
}

#[test]
fn a_cancelled_question_ends() {
    let mut company = Company::new(9, 3000, 300);
    let (facts, _) = build(&mut company, 3000, 500);
    let query = FactQuery { dimensions: vec![Dimension::Unit], customers: true, ..FactQuery::default() };
    let cancel = Cancel::new();
    let asking = facts.with_cancel(&cancel);
    let (answered, first_answer) = mpsc::channel();
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            loop {
                match asking.query(&query) {
                    Ok(rows) => answered.send(rows.len()).unwrap(),
                    Err(error) => return error,
                }
            }
        });
        assert!(first_answer.recv().unwrap() > 0);
        cancel.cancel();
        assert_eq!(reader.join().unwrap().code(), "cancelled");
    });
    let page = Selection { limit: 1, ..Selection::default() };
    assert_eq!(asking.select(&Filter::All, None, page).unwrap_err().code(), "cancelled");
    assert!(cancel.is_cancelled() && facts.query(&query).is_ok());
}

#[test]
fn values_and_attributes_are_those_that_occur() {
    let mut company = Company::new(7, 500, 40);
    let (facts, naive) = build(&mut company, 600, 100);
    assert_eq!(facts.attributes(), ["plan", "size"]);
    for dimension in DIMENSIONS {
        let query = FactQuery { dimensions: vec![dimension.clone()], ..FactQuery::default() };
        let rows = naive.query(&query).into_iter();
        let mut expected: Vec<_> =
            rows.filter_map(|row| Some((row.key[0].clone()?, row.cell.count))).collect();
        expected.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        assert_eq!(facts.values(&Filter::All, &dimension).unwrap(), expected, "{dimension}");
    }
    assert!(facts.memory_bytes() > 500 * 20);
}
