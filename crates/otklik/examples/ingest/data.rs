//! Rows of a file: what customers of the demo company say, cut to a hundred characters.

use std::path::Path;

use otklik_demo::{Company, Plan};
use serde_json::{Value, json};

use crate::Result;

const CHARACTERS: usize = 100;

/// One item as its source has it.
#[derive(Clone)]
pub struct Row {
    pub id: String,
    pub at: String,
    pub customer: String,
    pub nps: Option<u8>,
    pub text: String,
}

/// So many items of the demo company, in the order of time.
pub fn rows(items: u32) -> Result<Vec<Row>> {
    let plan = Plan { seed: 7, items, today: jiff::civil::date(2026, 7, 1) };
    let company = Company::generate(&plan)?;
    let mut rows = Vec::with_capacity(items as usize);
    for month in 0..Plan::MONTHS {
        for item in company.month_items(month) {
            rows.push(Row {
                id: format!("{}-{}", item.source, item.external_id),
                at: jiff::Timestamp::from_millisecond(item.occurred_at)?.to_string(),
                customer: item.customer.unwrap_or_default(),
                nps: item.nps,
                text: a_hundred_characters(&item.text),
            });
        }
    }
    Ok(rows)
}

/// The text again and again until it is long enough.
fn a_hundred_characters(text: &str) -> String {
    text.chars().chain([' ']).cycle().take(CHARACTERS).collect()
}

pub fn write_csv(path: &Path, rows: &[Row]) -> Result<()> {
    let mut file = csv::Writer::from_path(path)?;
    file.write_record(["id", "date", "customer", "nps", "text"])?;
    for row in rows {
        let nps = row.nps.map(|nps| nps.to_string()).unwrap_or_default();
        file.write_record([&row.id, &row.at, &row.customer, &nps, &row.text])?;
    }
    Ok(file.flush()?)
}

/// The body of a push of one item.
pub fn pushed(row: &Row) -> Value {
    let customer = (!row.customer.is_empty()).then_some(&row.customer);
    json!({ "items": [{
        "external_id": row.id, "occurred_at": row.at, "customer": customer, "nps": row.nps, "text": row.text,
    }] })
}
