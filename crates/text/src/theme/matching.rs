//! Themes from run to run: one that lives keeps its name.

use super::{Theme, dot};

/// Themes whose middles are less alike are not the same.
const SAME: f32 = 0.85;

/// What became of a theme since the run before, by its number there or now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeChange {
    /// It lives: its number before and now.
    Lives {
        /// Before.
        before: usize,
        /// Now.
        now: usize,
    },
    /// Nobody talked about it before.
    Born(usize),
    /// Nobody talks about it any more.
    Died(usize),
}

/// Gives the themes `now` the names that they had `before`, and tells which lived, were born and died.
///
/// Themes are the same whose texts' middles are most alike, at least 0.85, each of both runs only once.
pub fn match_themes(before: &[Theme], now: &mut [Theme]) -> Vec<ThemeChange> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (old, theme) in before.iter().enumerate() {
        let alike = now.iter().enumerate().map(|(new, other)| (dot(&theme.middle, &other.middle), old, new));
        pairs.extend(alike.filter(|(alike, _, _)| *alike >= SAME));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_old, mut of_new) = (vec![None; before.len()], vec![None; now.len()]);
    for (_, old, new) in pairs {
        if of_old[old].is_none() && of_new[new].is_none() {
            (of_old[old], of_new[new]) = (Some(new), Some(old));
            now[new].name.clone_from(&before[old].name);
        }
    }
    let lives = |(new, old): (usize, &Option<usize>)| match old {
        Some(before) => ThemeChange::Lives { before: *before, now: new },
        None => ThemeChange::Born(new),
    };
    let died = (0..before.len()).filter(|old| of_old[*old].is_none()).map(ThemeChange::Died);
    of_new.iter().enumerate().map(lives).chain(died).collect()
}
