//! Refused rows as a list that a person can read and download.

use std::collections::BTreeMap;

use otklik_voice::files::Issue;

use crate::messages::{Language, message};

/// Why a row was refused, in words.
pub fn word_issue(issue: &Issue, language: Language) -> String {
    let mut params: BTreeMap<String, String> = issue.params.clone();
    params.entry("value".to_owned()).or_default();
    message(language, &format!("issue_{}", issue.code.as_str()), &params)
}

/// Line, column, code and words, with a byte order mark so that spreadsheets see UTF-8.
pub fn to_csv(issues: &[Issue], language: Language) -> String {
    let mut csv = "\u{feff}".to_owned();
    let header = ["line", "column", "code", "reason"];
    csv.push_str(
        &header.map(|name| message(language, &format!("refusals_{name}"), &BTreeMap::new())).join(","),
    );
    csv.push_str("\r\n");
    for issue in issues {
        let column = issue.column.as_deref().unwrap_or_default();
        let cells = [&issue.line.to_string(), column, issue.code.as_str(), &word_issue(issue, language)];
        csv.push_str(&cells.map(quote).join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// A cell that no spreadsheet takes for a formula.
fn quote(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use otklik_voice::files::IssueCode;

    #[test]
    fn every_code_has_words_in_both_languages() {
        for language in Language::ALL {
            let general = message(language, "internal", &BTreeMap::new());
            for code in IssueCode::ALL {
                assert_ne!(word_issue(&Issue::of_row(1, code), language), general, "{code:?} {language:?}");
            }
        }
    }

    #[test]
    fn a_hostile_cell_stays_a_text() {
        let issue = Issue::of_cell(3, "=1+1", IssueCode::BadDate).quoting("\"x");
        let csv = to_csv(&[issue], Language::En);
        assert!(csv.contains("\"3\",\"'=1+1\",\"bad_date\",\"Not a date: “\"\"x”."), "{csv}");
    }
}
