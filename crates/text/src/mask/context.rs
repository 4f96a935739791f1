//! What the words before a number say about it.

use super::lexicon::{self, Flags};
use super::scan::{Form, Scan};

/// Words looked back over.
const REACH: usize = 5;

/// The words before a number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// Facts of the nearest word that says which number follows.
    pub facts: Flags,
    /// «№», «номер» or "no" stands right before the number, or right before the telling word.
    pub numbered: bool,
    /// Words between the telling word and the number.
    pub distance: usize,
    /// The word right before the number is a measure: «на 150000».
    pub measured: bool,
}

impl Context {
    /// Reads back from piece `at` to the end of the sentence before, at most five words.
    pub fn before(scan: &Scan, at: usize) -> Self {
        let mut context = Self::default();
        let (mut words, mut signs_only) = (0, true);
        for i in (0..at).rev() {
            let flags = match scan.flags(i) {
                // Right before the number, or before its «№», also a word with a slip in it tells.
                Flags::NONE if words == 0 || signs_only && context.numbered => {
                    lexicon::flags_but_for_a_slip(scan.folded(i))
                }
                known => known,
            };
            match scan.form(i) {
                Some(Form::Word(_)) if flags.has(Flags::CONTEXT) => {
                    context.facts = flags;
                    context.distance = words;
                    let earlier = scan.word_before(i, |form| form == Form::Space).map(|at| scan.flags(at));
                    let sign = i.checked_sub(2).map_or(Flags::NONE, |at| scan.flags(at));
                    context.numbered |= (earlier.unwrap_or_default() | sign).has(Flags::NUMBER);
                    return context;
                }
                Some(Form::Word(_)) if words == REACH => return context,
                Some(Form::Word(_)) => {
                    context.numbered |= signs_only && flags.has(Flags::NUMBER);
                    context.measured |= words == 0 && !context.numbered && flags.has(Flags::MEASURE);
                    signs_only &= context.numbered;
                    words += 1;
                }
                Some(Form::Sign('№' | '#')) => context.numbered |= signs_only,
                Some(Form::Sign('.'))
                    if i > 0 && scan.is_word(i - 1) && scan.folded(i - 1).chars().count() <= 5 => {}
                Some(Form::Space | Form::Sign(':' | '-' | '(' | ')' | '"' | '«' | '=' | '+' | '/')) => {}
                _ => return context,
            }
        }
        context
    }

    pub fn has(self, facts: Flags) -> bool {
        self.facts.has(facts)
    }
}
