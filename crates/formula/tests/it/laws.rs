//! Formulas: a table of values, a table of mistakes, and laws.

use otklik_formula::{Formula, FormulaError, FormulaIssue, NoValue};
use proptest::prelude::*;

/// What a formula may name here, in alphabetical order.
const NAMES: [&str; 6] = ["cost", "criticality", "debt", "effort_days", "scale_customers", "scale_share_pct"];

type Name = &'static str;

fn parse(text: &str) -> Result<Formula<Name>, FormulaError> {
    Formula::parse(text, |name| NAMES.into_iter().find(|known| *known == name))
}

/// Criticality 4, share 2.5 %, 19,200 customers; nothing else is known.
fn input(name: &Name) -> Option<f64> {
    match *name {
        "criticality" => Some(4.0),
        "scale_share_pct" => Some(2.5),
        "scale_customers" => Some(19_200.0),
        _ => None,
    }
}

fn evaluate(text: &str) -> Result<f64, NoValue<Name>> {
    parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).evaluate(input)
}

#[test]
fn values() {
    for (text, expected) in [
        ("criticality * scale_share_pct", 10.0),
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 4 - 3", 3.0),
        ("24 / 4 / 3", 2.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("-2 ^ 2", -4.0),
        ("2 ^ -1", 0.5),
        ("- -3", 3.0),
        ("3 * -2", -6.0),
        ("3 − 1 × 2 ÷ 4", 2.5),
        ("min(5, 2, 3) + max(1, 2)", 4.0),
        ("abs(-7) + sqrt(9)", 10.0),
        ("ln(1)", 0.0),
        ("fallback(effort_days, 3)", 3.0),
        ("fallback(criticality, 3)", 4.0),
        ("fallback(effort_days + cost; criticality)", 4.0),
        (".5 + 1.", 1.5),
        ("  criticality\n", 4.0),
    ] {
        assert_eq!(evaluate(text), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let missing = |names: &[Name]| Err(NoValue::Missing(names.to_vec()));
    assert_eq!(evaluate("criticality / effort_days"), missing(&["effort_days"]));
    assert_eq!(evaluate("debt + cost * cost"), missing(&["cost", "debt"]));
    assert_eq!(evaluate("fallback(cost, debt)"), missing(&["debt"]));
    assert_eq!(evaluate("max(criticality, debt)"), missing(&["debt"]));
    assert_eq!(parse("debt + cost * cost").unwrap().variables(), ["cost", "debt"]);
}

#[test]
fn what_has_no_value_is_undefined() {
    for text in [
        "1 / 0",
        "min(1 / 0, 5)",
        "(0 / 0) ^ 0",
        "max(0 / 0, 1)",
        "sqrt(-1)",
        "ln(0)",
        "10 ^ 999",
        "-(1 / 0)",
    ] {
        assert_eq!(evaluate(text), Err(NoValue::Undefined), "{text}");
    }
}

#[test]
fn mistakes() {
    use FormulaIssue as I;
    let deep = "(".repeat(40);
    let long = "1+".repeat(600);
    for (text, issue, position, found) in [
        ("", I::Empty, 0, ""),
        ("   ", I::Empty, 0, ""),
        ("1 +", I::ValueExpected, 3, ""),
        ("* 2", I::ValueExpected, 0, "*"),
        ("1 2", I::OperatorExpected, 2, "2"),
        ("критичность", I::UnknownVariable, 0, "критичность"),
        ("2 * ценность", I::UnknownVariable, 4, "ценность"),
        ("sin(1)", I::UnknownFunction, 0, "sin"),
        ("min(1)", I::WrongArguments, 0, "min"),
        ("sqrt(1, 2)", I::WrongArguments, 0, "sqrt"),
        ("sqrt()", I::ValueExpected, 5, ")"),
        ("(1 + 2", I::Unclosed, 0, "("),
        ("1 + (2 * (3)", I::Unclosed, 4, "("),
        ("1 + 2)", I::OperatorExpected, 5, ")"),
        ("(1, 2)", I::OperatorExpected, 2, ","),
        ("1.2.3", I::BadNumber, 0, "1.2.3"),
        (".", I::BadNumber, 0, "."),
        ("1 $ 2", I::UnknownSign, 2, "$"),
        ("(1 = 2)", I::UnknownSign, 3, "="),
        ("min", I::UnknownVariable, 0, "min"),
        (&deep, I::TooDeep, 32, "("),
        (&long, I::TooLong, 1_000, "1+1+1+1+1+1+1+1+1+1+"),
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!((error.issue, error.position, error.found.as_str()), (issue, position, found), "{text}");
    }
}

/// A text is understood, and then gives a finite value or none and reads back; or the mistake lies within it.
fn check(text: &str) {
    match parse(text) {
        Ok(formula) => {
            assert!(formula.evaluate(input).ok().is_none_or(f64::is_finite));
            assert_eq!(parse(formula.text()).unwrap(), formula);
        }
        Err(error) => assert!(error.position <= text.chars().count()),
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn no_soup_of_its_own_signs_makes_it_panic(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "1", "2.5", "criticality", "cost", "min", "fallback", "sqrt", "(", ")", ",", "+", "-", "*", "/", "^", " ",
            ]),
            0..200,
        ),
    ) {
        check(&parts.concat());
    }

    #[test]
    fn sums_and_products_are_those_of_arithmetic(a in -1e6..1e6_f64, b in -1e6..1e6_f64, c in 1.0..1e6_f64) {
        let formula = parse("criticality + scale_share_pct * 2 - scale_customers / cost").unwrap();
        let input = |name: &Name| Some(match *name {
            "criticality" | "scale_customers" => a,
            "scale_share_pct" => b,
            _ => c,
        });
        prop_assert_eq!(formula.evaluate(input), Ok(a + b * 2.0 - a / c));
        let by = |name: Name| formula.derivative(&name, input).unwrap();
        prop_assert!((by("scale_share_pct") - 2.0).abs() < 1e-4);
        prop_assert!((by("cost") - a / (c * c)).abs() < 1e-4 * (1.0 + (a / (c * c)).abs()));
    }
}

#[test]
fn the_worked_derivative() {
    let ratio = parse("cost / debt").unwrap();
    let at = |name: &Name| Some(if *name == "cost" { 6.0 } else { 2.0 });
    assert!((ratio.derivative(&"cost", at).unwrap() - 0.5).abs() < 1e-9);
    assert!((ratio.derivative(&"debt", at).unwrap() + 1.5).abs() < 1e-9);
    assert_eq!(ratio.derivative(&"debt", |name| (*name == "cost").then_some(6.0)), None);
    assert_eq!(parse("ln(cost)").unwrap().derivative(&"cost", |_| Some(0.0)), None);
}
