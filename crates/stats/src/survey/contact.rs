//! First contact resolution: asked for, or seen in the contacts themselves.

use crate::ShareTally;

/// FCR as customers answered it: «was your question settled at once?», yes among yes and no.
///
/// Worked number: 75 yes, 25 no → 75 of 100.
pub fn fcr_asked(yes: u64, no: u64) -> ShareTally {
    ShareTally { hits: yes, n: yes + no }
}

/// One contact: who, about what, on which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contact {
    pub customer: u64,
    pub topic: u64,
    pub day: i64,
}

/// FCR as it is seen: issues that stayed one contact among all issues. Contacts of one customer on one topic that
/// follow each other within `window` days (on the same day too) are one issue. An issue whose last contact lies fewer
/// than `window` days before `last_day`, the last day of the data, is left out: it may still go on.
///
/// Worked number: a customer on days 1 and 5, another on day 3, window 7,
/// data to day 30 → 1 of 2.
pub fn fcr_observed(contacts: &[Contact], window: i64, last_day: i64) -> ShareTally {
    let mut sorted = contacts.to_vec();
    sorted.sort_unstable();
    let goes_on =
        |a: &Contact, b: &Contact| (a.customer, a.topic) == (b.customer, b.topic) && b.day - a.day <= window;
    let issues = sorted.chunk_by(goes_on);
    let over = issues.filter(|issue| issue.last().is_some_and(|last| last_day - last.day >= window));
    over.fold(ShareTally::default(), |tally, issue| ShareTally {
        hits: tally.hits + u64::from(issue.len() == 1),
        n: tally.n + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(customer: u64, topic: u64, day: i64) -> Contact {
        Contact { customer, topic, day }
    }

    #[test]
    fn the_worked_number() {
        let contacts = [contact(1, 7, 5), contact(1, 7, 1), contact(2, 7, 3)];
        assert_eq!(fcr_observed(&contacts, 7, 30), ShareTally { hits: 1, n: 2 });
        assert_eq!(fcr_asked(75, 25), ShareTally { hits: 75, n: 100 });
    }

    #[test]
    fn another_topic_and_a_later_month_are_other_issues() {
        let contacts = [contact(1, 7, 1), contact(1, 8, 2), contact(1, 7, 20)];
        assert_eq!(fcr_observed(&contacts, 7, 60), ShareTally { hits: 3, n: 3 });
    }

    #[test]
    fn what_may_still_go_on_is_not_counted() {
        assert_eq!(fcr_observed(&[contact(1, 7, 28)], 7, 30), ShareTally::default());
    }
}
