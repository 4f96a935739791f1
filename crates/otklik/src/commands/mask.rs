//! `otklik mask`: lines in, masked lines out.

use std::io::{BufRead, Error, ErrorKind, stdin};

use crate::failure::{Failure, usage};
use crate::output;

pub fn run(json: bool) -> Result<(), Failure> {
    for (number, line) in (1..).zip(stdin().lock().lines()) {
        let masked = otklik_text::mask(&line.map_err(|error| unreadable(number, &error))?);
        if json {
            let spans: Vec<_> = masked
                .spans
                .iter()
                .map(|span| serde_json::json!({ "kind": span.kind.code(), "start": span.start, "end": span.end }))
                .collect();
            output::json(&serde_json::json!({ "text": masked.text, "spans": spans }))?;
        } else {
            output::line(masked.text);
        }
    }
    Ok(())
}

fn unreadable(number: u64, error: &Error) -> Failure {
    if error.kind() != ErrorKind::InvalidData {
        return usage(error);
    }
    let (line, fault) = (output::word("строка", "line"), output::word("не в UTF-8", "is not UTF-8"));
    usage(format!("{line} {number} {fault}"))
}
