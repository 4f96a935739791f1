//! The public data sets, read from their folder.

use std::collections::HashMap;
use std::path::Path;

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
pub type Row = HashMap<String, String>;

/// The rows of a set.
pub fn read(data: &Path, name: &str) -> Result<Vec<Row>> {
    let file = flate2::read::GzDecoder::new(std::fs::File::open(data.join(format!("{name}.csv.gz")))?);
    Ok(csv::Reader::from_reader(file).deserialize().collect::<std::result::Result<_, _>>()?)
}

/// Rows to learn from and every fifth, to test on; `tools/embedding` holds out the same.
#[allow(dead_code)]
pub fn fifth<T>(rows: Vec<T>) -> (Vec<T>, Vec<T>) {
    let (mut learnt, mut held_out) = (Vec::new(), Vec::new());
    for (number, row) in rows.into_iter().enumerate() {
        if number % 5 == 0 { held_out.push(row) } else { learnt.push(row) }
    }
    (learnt, held_out)
}
