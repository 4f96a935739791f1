//! Who answered at all, and who came to the end.

use crate::ShareTally;

/// Response rate: answers / (sent − undelivered − skipped by rules). What was never delivered cannot be answered.
///
/// Worked number: 150 answers, 1,000 sent, 40 undelivered, 60 skipped → 150 of 900. `None` when more came back than
/// could, which says that one of the counts is wrong.
pub fn response(answers: u64, sent: u64, undelivered: u64, skipped: u64) -> Option<ShareTally> {
    let reached = sent.checked_sub(undelivered)?.checked_sub(skipped)?;
    (answers <= reached).then_some(ShareTally { hits: answers, n: reached })
}

/// Completion rate: finished / started.
///
/// Worked number: 120 finished of 150 started. `None` when more finished than started.
pub fn completion(finished: u64, started: u64) -> Option<ShareTally> {
    (finished <= started).then_some(ShareTally { hits: finished, n: started })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_numbers() {
        assert_eq!(response(150, 1_000, 40, 60), Some(ShareTally { hits: 150, n: 900 }));
        assert_eq!(completion(120, 150), Some(ShareTally { hits: 120, n: 150 }));
    }

    #[test]
    fn impossible_counts_are_refused() {
        assert_eq!(response(901, 1_000, 40, 60), None);
        assert_eq!(response(0, 10, 11, 0), None);
        assert_eq!(completion(2, 1), None);
    }
}
