//! Definitions as the texts of rows, also those that earlier versions of Otklik wrote.

use otklik_store::StoreError;
use serde_json::{Value, json};

use crate::{Definition, MetricError};

const COLUMN: &str = "metric.definition";

pub(crate) fn write(definition: &Definition) -> Result<String, MetricError> {
    Ok(otklik_store::column::to_json(definition, COLUMN)?)
}

pub(crate) fn read(text: &str) -> Result<Definition, MetricError> {
    let mut stored: Value = otklik_store::column::from_json(text, COLUMN)?;
    if let Some(formula) = stored.get_mut("formula") {
        modernise(formula);
    }
    Ok(serde_json::from_value(stored).map_err(|e| StoreError::unreadable(COLUMN, e))?)
}

/// Complaints and contacts had formulas of their own before any condition could be counted.
fn modernise(formula: &mut Value) {
    let complaints = json!({ "in": { "dimension": "complaint", "values": ["true"] } });
    let rate = |of: &str, matching: Value, formula: &Value| json!({ "kind": "rate", "of": of, "matching": matching, "base": formula["base"], "per": formula["per"] });
    *formula = match formula["kind"].as_str() {
        Some("complaint_share") => {
            json!({ "kind": "share", "of": "items", "matching": complaints, "among": "all" })
        }
        Some("complaint_rate") => rate("items", complaints, formula),
        Some("contact_rate") => rate("items", json!("all"), formula),
        Some("contact_share") => rate("customers", json!("all"), &json!({ "base": "customers", "per": 100 })),
        _ => return,
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::built_in;

    /// The formulas of the first version, letter for letter.
    const FIRST: [(&str, &str, &str); 9] = [
        ("count", "items", r#"{"kind":"items"}"#),
        ("customers", "customers", r#"{"kind":"customers"}"#),
        ("nps", "nps_points", r#"{"kind":"nps"}"#),
        ("csat", "percent", r#"{"kind":"score_share","score":"csat","from":4}"#),
        ("ces", "score_points", r#"{"kind":"score_mean","score":"ces"}"#),
        ("complaint_share", "percent", r#"{"kind":"complaint_share"}"#),
        ("claim_rate", "rate", r#"{"kind":"complaint_rate","base":"customers","per":1000}"#),
        ("contact_rate", "rate", r#"{"kind":"contact_rate","base":"customers","per":100}"#),
        ("contact_share", "percent", r#"{"kind":"contact_share"}"#),
    ];

    #[test]
    fn what_the_first_version_stored_reads_as_what_it_meant() {
        for (code, unit, formula) in FIRST {
            let text = format!(
                r#"{{"code":"{code}","version":1,"name":{{"ru":"а","en":"a"}},"description":{{"ru":"б","en":"b"}},"unit":"{unit}","direction":"neutral","formula":{formula}}}"#
            );
            let found = read(&text).unwrap();
            let now = built_in().into_iter().find(|metric| metric.code == code).unwrap();
            assert_eq!((found.unit, &found.formula, found.window), (now.unit, &now.formula, None), "{code}");
            found.check().unwrap();
            assert_eq!(read(&write(&found).unwrap()).unwrap(), found);
        }
    }

    #[test]
    fn a_text_that_is_no_definition_is_an_error() {
        for text in ["", "{}", "[]", r#"{"formula":7}"#] {
            assert_eq!(read(text).unwrap_err().code(), "internal");
        }
    }
}
