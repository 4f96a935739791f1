//! Formulas: a table of values, a table of mistakes, and laws.

use otklik_backlog::formula::{Evaluation, Formula, FormulaIssue, Variable};
use proptest::prelude::*;

/// Criticality 4, share 2.5 %, 19,200 customers; nothing else is known.
fn input(variable: Variable) -> Option<f64> {
    match variable {
        Variable::Criticality => Some(4.0),
        Variable::ScaleSharePct => Some(2.5),
        Variable::ScaleCustomers => Some(19_200.0),
        _ => None,
    }
}

fn evaluate(text: &str) -> Evaluation {
    Formula::parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).evaluate(input)
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
        assert_eq!(evaluate(text), Evaluation::Known { value: expected }, "{text}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let missing = |variables: &[Variable]| Evaluation::Missing { variables: variables.to_vec() };
    assert_eq!(evaluate("criticality / effort_days"), missing(&[Variable::EffortDays]));
    assert_eq!(evaluate("cost + debt * debt"), missing(&[Variable::Debt, Variable::Cost]));
    assert_eq!(evaluate("fallback(cost, debt)"), missing(&[Variable::Debt]));
    assert_eq!(evaluate("max(criticality, debt)"), missing(&[Variable::Debt]));
    let named = Formula::parse("cost + debt * debt").unwrap().variables();
    assert_eq!(named, [Variable::Debt, Variable::Cost]);
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
        assert_eq!(evaluate(text), Evaluation::Undefined, "{text}");
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
        let error = Formula::parse(text).unwrap_err();
        assert_eq!((error.issue, error.position, error.found.as_str()), (issue, position, found), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}") {
        let _ = Formula::parse(&text).map(|formula| formula.evaluate(input));
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
        let text = parts.concat();
        match Formula::parse(&text) {
            Ok(formula) => {
                let value = formula.evaluate(input).value();
                prop_assert!(value.is_none_or(f64::is_finite));
                prop_assert_eq!(Formula::parse(formula.text()).unwrap(), formula);
            }
            Err(error) => prop_assert!(error.position <= text.chars().count()),
        }
    }

    #[test]
    fn sums_and_products_are_those_of_arithmetic(a in -1e6..1e6_f64, b in -1e6..1e6_f64, c in 1.0..1e6_f64) {
        let formula = Formula::parse("criticality + scale_share_pct * 2 - scale_customers / cost").unwrap();
        let value = formula.evaluate(|variable| match variable {
            Variable::Criticality => Some(a),
            Variable::ScaleSharePct => Some(b),
            Variable::ScaleCustomers => Some(a),
            Variable::Cost => Some(c),
            _ => None,
        });
        prop_assert_eq!(value, Evaluation::Known { value: a + b * 2.0 - a / c });
    }
}
