//! Groups too small to be shown, and those that would give them away.

/// Which of the groups that make up a whole must be hidden so that nothing can be told of fewer than `minimum`
/// answers: the small ones themselves, and, where the hidden ones together are fewer than the minimum or only one,
/// the smallest of the others too, as the whole less what is shown would reveal them. A group without answers hides
/// nothing.
///
/// Worked number: 40, 30, 3 with minimum 5 → the groups of 30 and 3 are hidden.
pub fn hidden_groups(answers: &[u64], minimum: u64) -> Vec<bool> {
    let mut hidden: Vec<bool> = answers.iter().map(|n| *n > 0 && *n < minimum).collect();
    loop {
        let (count, sum) = answers
            .iter()
            .zip(&hidden)
            .filter(|(_, hidden)| **hidden)
            .fold((0, 0), |(count, sum), (n, _)| (count + 1, sum + n));
        if count == 0 || (count > 1 && sum >= minimum) {
            return hidden;
        }
        let shown = answers.iter().enumerate().filter(|(group, n)| **n > 0 && !hidden[*group]);
        match shown.min_by_key(|(_, n)| **n) {
            Some((smallest, _)) => hidden[smallest] = true,
            None => return hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_number() {
        assert_eq!(hidden_groups(&[40, 30, 3], 5), [false, true, true]);
    }

    #[test]
    fn two_small_groups_may_cover_each_other() {
        assert_eq!(hidden_groups(&[40, 3, 4], 5), [false, true, true]);
        assert_eq!(hidden_groups(&[40, 1, 2, 9], 5), [false, true, true, true]);
    }

    #[test]
    fn nothing_small_nothing_hidden() {
        assert_eq!(hidden_groups(&[40, 30, 0], 5), [false; 3]);
        assert_eq!(hidden_groups(&[3], 5), [true]);
        assert_eq!(hidden_groups(&[], 5), [false; 0]);
    }
}
