//! Names of people: with patronymic or initials, first name beside surname, and after forms of address.

use super::lexicon::Flags;
use super::morphology;
use super::scan::{Case, Form, Scan};

/// Words that may stand between a role and the name: «сотрудница отделения на Ленина Анна».
const ROLE_REACH: usize = 3;

/// "My name is", but not "the company name is".
const NAME_OWNERS: [&str; 8] = ["my", "his", "her", "their", "whose", "full", "first", "last"];

/// The piece after the name that begins with piece `at`. `after_name` is the piece after the name found last.
pub(super) fn recognise(scan: &Scan, at: usize, after_name: Option<usize>) -> Option<usize> {
    let word = Word::read(scan, at)?;
    if !word.may_begin(scan) || of_place(scan, at) {
        return None;
    }
    let end = with_patronymic(scan, word)
        .or_else(|| with_initials(scan, word))
        .or_else(|| with_surname(scan, word))
        .or_else(|| announced(scan, word, after_name))?;
    Some(with_turkic_patronymic(scan, end).unwrap_or(end))
}

/// A word and what it may be in a name.
#[derive(Clone, Copy)]
struct Word<'a> {
    at: usize,
    folded: &'a str,
    case: Case,
    flags: Flags,
}

impl<'a> Word<'a> {
    fn read(scan: &'a Scan, at: usize) -> Option<Self> {
        match scan.form(at)? {
            Form::Word(case) => Some(Self { at, folded: scan.folded(at), case, flags: scan.flags(at) }),
            _ => None,
        }
    }

    fn next(self, scan: &'a Scan) -> Option<Self> {
        Self::read(scan, scan.next_word(self.at)?)
    }

    fn is_capital(self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper)
    }

    fn is_first_name(self) -> bool {
        self.flags.has(Flags::FIRST_NAME)
    }

    fn is_sure_first_name(self) -> bool {
        self.is_first_name() && !self.flags.has(Flags::AMBIGUOUS | Flags::NOT_NAME)
    }

    /// Can only be a common word.
    fn is_common(self) -> bool {
        self.flags.has(Flags::NOT_NAME | Flags::ROLE | Flags::TITLE)
            && !self.flags.has(Flags::FIRST_NAME | Flags::SURNAME)
    }

    fn is_surname(self) -> bool {
        !self.is_common() && (self.flags.has(Flags::SURNAME) || morphology::is_surname(self.folded))
    }

    fn is_patronymic(self) -> bool {
        !self.flags.has(Flags::NOT_NAME) && morphology::is_patronymic(self.folded)
    }

    /// A capitalised word that can be a name.
    fn is_proper(self) -> bool {
        self.is_capital() && !self.is_common()
    }

    fn may_begin(self, scan: &'a Scan) -> bool {
        match self.case {
            Case::Lower => {
                // In lower case, a surname that no list knows is one only before a first name: «иванов иван иванович».
                self.flags.has(Flags::FIRST_NAME | Flags::SURNAME)
                    || self.next(scan).is_some_and(Word::is_first_name) && morphology::is_surname(self.folded)
            }
            Case::Initial => true,
            Case::Mixed => self.flags.has(Flags::SURNAME),
            Case::Capital | Case::Upper => !self.is_common(),
        }
    }
}

/// «Иванов Иван Иванович», «Анне Петровне», «иван иванович иванов», «Петрович».
fn with_patronymic(scan: &Scan, first: Word) -> Option<usize> {
    let second = first.next(scan);
    let third = second.and_then(|second| second.next(scan));
    let named = |name: Word, patronymic: Word| {
        patronymic.case == name.case
            && (patronymic.is_patronymic() && (name.is_first_name() || name.is_proper())
                || morphology::is_colloquial_patronymic(patronymic.folded) && name.is_first_name())
    };
    match (second, third) {
        (Some(name), Some(patronymic))
            if named(name, patronymic)
                && first.case == name.case
                && (first.is_surname() || !opens_sentence(scan, first.at) && first.is_proper()) =>
        {
            Some(patronymic.at + 1)
        }
        (Some(patronymic), surname) if named(first, patronymic) => {
            let surname =
                surname.filter(|word| word.case == first.case && word.is_surname() && !word.is_first_name());
            Some(surname.map_or(patronymic.at, |word| word.at) + 1)
        }
        _ if first.case == Case::Capital && first.is_patronymic() && !opens_sentence(scan, first.at) => {
            Some(first.at + 1)
        }
        _ => None,
    }
}

/// «Иванов И. И.», «И.И. Иванов», "John F. Kennedy".
fn with_initials(scan: &Scan, first: Word) -> Option<usize> {
    if first.case == Case::Initial {
        let (end, count) = initials(scan, first.at)?;
        let surname = Word::read(scan, scan.after_space(end))?;
        let cyrillic = !first.folded.is_ascii() && !surname.folded.is_ascii();
        let likely = surname.is_surname() || count == 2 && !surname.is_common();
        let told = surname.case == Case::Capital && (surname.flags.has(Flags::SURNAME) || cyrillic && likely);
        return told.then_some(surname.at + 1);
    }
    if first.case != Case::Capital {
        return None;
    }
    let (end, count) = initials(scan, scan.after_space(first.at + 1))?;
    if first.folded.is_ascii() {
        let surname = Word::read(scan, scan.after_space(end)).filter(|word| word.is_proper());
        let surname = surname.filter(|_| first.is_sure_first_name());
        return surname.map(|word| word.at + 1).or(first.flags.has(Flags::SURNAME).then_some(end));
    }
    (first.is_surname() || first.is_sure_first_name() || count == 2).then_some(end)
}

/// The piece after one or two initials, each with a full stop, and their count.
fn initials(scan: &Scan, at: usize) -> Option<(usize, usize)> {
    let initial = |at: usize| scan.form(at) == Some(Form::Word(Case::Initial)) && scan.is_sign(at + 1, '.');
    let second = scan.after_space(at + 2);
    match (initial(at), initial(second)) {
        (true, true) => Some((second + 2, 2)),
        (true, false) => Some((at + 2, 1)),
        _ => None,
    }
}

/// «Рашид оглы» after a name that ends before piece `end`.
fn with_turkic_patronymic(scan: &Scan, end: usize) -> Option<usize> {
    let father = Word::read(scan, scan.next_word(end - 1)?)?;
    let relation = father.next(scan)?;
    matches!(relation.folded, "оглы" | "углы" | "кызы" | "гызы").then_some(relation.at + 1)
}

/// «Анна Смирнова», «Смирнова Анна», "John Smith".
fn with_surname(scan: &Scan, first: Word) -> Option<usize> {
    let second = first
        .next(scan)
        .filter(|second| second.case == first.case && second.is_proper() && first.is_proper())?;
    let english = first.folded.is_ascii() && second.folded.is_ascii();
    let direct = first.is_first_name()
        && !first.folded.ends_with("'s")
        && (second.is_surname() && !second.is_sure_first_name() || english && first.is_sure_first_name());
    let reversed = !english && first.is_surname() && !first.is_first_name() && second.is_first_name();
    (direct || reversed).then_some(second.at + 1)
}

/// «меня зовут Ким», «сотрудник Валентина», "Mrs O'Neill", and the next in «Анна и Ольга».
fn announced(scan: &Scan, first: Word, after_name: Option<usize>) -> Option<usize> {
    let title = before(scan, first.at).is_some_and(|word| is_title(scan, word));
    let told = if title {
        first.is_proper() || first.is_sure_first_name() || first.flags.has(Flags::SURNAME)
    } else {
        first.is_first_name() && first.is_capital() && role_before(scan, first)
            || first.is_sure_first_name() && role_adjacent(scan, first)
            || first.is_proper()
                && (first.is_surname() || surname_follows(scan, first))
                && role_adjacent(scan, first)
            || first.is_first_name() && first.is_capital() && continues(scan, first.at, after_name)
    };
    if !told {
        return None;
    }
    let mut last = first;
    while let Some(next) = last.next(scan).filter(|next| continues_name(first, *next, title)) {
        last = next;
    }
    Some(last.at + 1)
}

/// «Оператор Алсу Гайнутдинова»: a rare first name is known by the surname after it.
fn surname_follows(scan: &Scan, first: Word) -> bool {
    first
        .next(scan)
        .is_some_and(|next| next.case == Case::Capital && first.case == Case::Capital && next.is_surname())
}

fn continues_name(first: Word, next: Word, title: bool) -> bool {
    let fits = next.is_surname() || next.is_patronymic();
    next.case == first.case
        && !next.is_common()
        && (fits && (first.is_proper() || title) || title && next.is_proper())
}

/// The word before piece `at`, over what may stand between an announcement and a name.
fn before(scan: &Scan, at: usize) -> Option<usize> {
    scan.word_before(at, |form| matches!(form, Form::Space | Form::Sign(':' | '"' | '«' | '-' | '.')))
}

fn is_title(scan: &Scan, at: usize) -> bool {
    // «как Вас зовут. Банк …»: a full stop ends a sentence unless it ends an abbreviation.
    let stopped = scan.is_sign(at + 1, '.') && scan.folded(at).chars().count() > 5;
    let word_before = |at: usize| scan.word_before(at, |form| form == Form::Space);
    let english_name_is = || {
        matches!(scan.folded(at), "is" | "was")
            && word_before(at)
                .filter(|&at| scan.folded(at) == "name")
                .and_then(word_before)
                .is_some_and(|at| NAME_OWNERS.contains(&scan.folded(at)))
    };
    !stopped && (scan.flags(at).has(Flags::TITLE) || english_name_is())
}

/// A role right before the name: «менеджер Анна», «С уважением, Анна».
fn role_adjacent(scan: &Scan, word: Word) -> bool {
    let light = |form| matches!(form, Form::Space | Form::Sign(',' | ':' | '"' | '«' | '-' | '\n' | '!'));
    scan.word_before(word.at, light).is_some_and(|at| scan.flags(at).has(Flags::ROLE))
}

/// A role before the name with a few words between, in one breath.
fn role_before(scan: &Scan, word: Word) -> bool {
    if role_adjacent(scan, word) {
        return true;
    }
    let mut at = word.at;
    for _ in 0..=ROLE_REACH {
        let Some(before) = scan.word_before(at, |form| form == Form::Space) else { return false };
        if scan.flags(before).has(Flags::ROLE | Flags::TITLE) {
            return word.is_sure_first_name();
        }
        at = before;
    }
    false
}

/// Does piece `at` continue a list of names: «[name] и Ольга», «[name], Ольга»?
fn continues(scan: &Scan, at: usize, after_name: Option<usize>) -> bool {
    let light = |&i: &usize| {
        scan.form(i) == Some(Form::Space)
            || scan.is_sign(i, ',')
            || matches!(scan.folded(i), "и" | "and" | "&")
    };
    let mut end = at;
    while end > 0 && at - end < 3 && light(&(end - 1)) {
        end -= 1;
    }
    end < at
        && (after_name == Some(end) || end > 0 && scan.form(end - 1) == Some(Form::Token(super::Kind::Name)))
}

/// Is the name one of a street, a station, a theatre: «улица Ивана Франко», «метро», «имени»?
fn of_place(scan: &Scan, at: usize) -> bool {
    let mut at = at;
    for _ in 0..3 {
        let Some(before) =
            scan.word_before(at, |form| matches!(form, Form::Space | Form::Sign('.' | '«' | '"')))
        else {
            return false;
        };
        let flags = scan.flags(before);
        if flags.has(Flags::PLACE) {
            let by_name = || {
                scan.word_before(before, |form| form == Form::Space).is_some_and(|at| scan.folded(at) == "по")
            };
            return !flags.has(Flags::ROLE) || !by_name();
        }
        if !matches!(scan.form(before), Some(Form::Word(Case::Capital))) || flags.has(Flags::NOT_NAME) {
            return false;
        }
        at = before;
    }
    false
}

fn opens_sentence(scan: &Scan, at: usize) -> bool {
    let before = (0..at).rev().find(|&i| scan.form(i) != Some(Form::Space));
    before.is_none_or(|i| matches!(scan.form(i), Some(Form::Sign('.' | '!' | '?' | '\n'))))
}
