//! What cannot be answered is refused with a code.

use otklik_facts::{Dimension, FactQuery, Facts, Filter, Selection};

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
        assert_eq!(facts.values(&dimension), expected, "{dimension}");
    }
    assert!(facts.memory_bytes() > 500 * 20);
}
