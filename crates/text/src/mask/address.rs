//! Street addresses: «ул. Ленина, д. 5, кв. 12», «Невский проспект, 28», "221B Baker Street, Apt 4".

use super::lexicon::Flags;
use super::scan::{Case, Form, Scan};

/// Most words of a street's name.
const STREET_WORDS: usize = 3;

/// English kinds of street that no other reading has, so that lower case is enough.
const PLAIN_STREETS: [&str; 5] = ["street", "avenue", "road", "lane", "boulevard"];

/// The piece after the address that begins with piece `at`.
pub(super) fn recognise(scan: &Scan, at: usize) -> Option<usize> {
    match scan.form(at)? {
        Form::Digits => english(scan, at),
        Form::Word(_) => {
            let flags = scan.flags(at);
            let street = if flags.has(Flags::STREET) { street_first(scan, at) } else { None };
            street
                .or_else(|| street_last(scan, at))
                .or_else(|| flags.has(Flags::HOUSE).then(|| house_and_flat(scan, at))?)
                .or_else(|| flags.has(Flags::UNIT_EN).then(|| unit_then_street(scan, at))?)
                .or_else(|| po_box(scan, at))
        }
        _ => None,
    }
}

/// «ул. 8 Марта, 5», «проспект Мира дом 3».
fn street_first(scan: &Scan, at: usize) -> Option<usize> {
    let mut piece = after_abbreviation(scan, at);
    if scan.form(piece) == Some(Form::Digits) {
        let numbered = house_parts(scan, piece + 1, true);
        if scan.flags(at).has(Flags::HOUSE)
            || !scan.is_word(scan.after_space(piece + 1))
            || numbered.is_some()
        {
            return numbered.map(|(end, _)| end);
        }
        piece = scan.after_space(ordinal_end(scan, piece));
    }
    // «пр факту 2 недели»: after two letters other than «ул» a street's name has a capital.
    let doubtful = scan.folded(at) != "ул" && scan.folded(at).chars().count() <= 2;
    if scan.form(piece) == Some(Form::Word(Case::Lower)) && doubtful {
        return None;
    }
    for _ in 0..STREET_WORDS {
        if !scan.is_word(piece) || scan.flags(piece).has(Flags::HOUSE | Flags::MEASURE | Flags::AMOUNT) {
            return None;
        }
        piece += 1 + usize::from(scan.is_sign(piece + 1, '.'));
        if let Some((end, _)) = house_parts(scan, piece, false) {
            return Some(end);
        }
        piece = scan.after_space(piece);
    }
    None
}

/// «Невский проспект, 28», «Большая Садовая улица, д. 5».
fn street_last(scan: &Scan, at: usize) -> Option<usize> {
    let named =
        |at: usize| scan.form(at) == Some(Form::Word(Case::Capital)) && !scan.flags(at).has(Flags::NOT_NAME);
    if !named(at) {
        return None;
    }
    let mut kind = scan.next_word(at)?;
    if named(kind) && !scan.flags(kind).has(Flags::STREET) {
        kind = scan.next_word(kind)?;
    }
    if !scan.flags(kind).has(Flags::STREET) {
        return None;
    }
    let after = kind + 1 + usize::from(scan.is_sign(kind + 1, '.'));
    house_parts(scan, after, false).map(|(end, _)| end)
}

/// «дом 5, кв. 12» without a street.
fn house_and_flat(scan: &Scan, at: usize) -> Option<usize> {
    let (end, parts) = house_parts(scan, at, true)?;
    (parts >= 2).then_some(end)
}

/// House, block, flat: the piece after them and their count. The first may be a bare number unless `named` is asked.
fn house_parts(scan: &Scan, from: usize, named: bool) -> Option<(usize, usize)> {
    let (mut end, mut parts) = (from, 0);
    while let Some(next) = house_part(scan, end, named || parts > 0) {
        end = next;
        parts += 1;
    }
    (parts > 0).then_some((end, parts))
}

fn house_part(scan: &Scan, from: usize, named: bool) -> Option<usize> {
    let comma = scan.after_space(from);
    let mut piece = if scan.is_sign(comma, ',') { scan.after_space(comma + 1) } else { comma };
    if scan.is_word(piece) && scan.flags(piece).has(Flags::HOUSE) {
        piece = after_abbreviation(scan, piece);
        piece = if scan.is_sign(piece, '№') { scan.after_space(piece + 1) } else { piece };
    } else if named {
        return None;
    }
    house_number(scan, piece)
}

/// «12», «12а», «12/3», «12-45», «5 Б».
fn house_number(scan: &Scan, at: usize) -> Option<usize> {
    if scan.form(at) != Some(Form::Digits) || scan.folded(at).len() > 4 {
        return None;
    }
    let mut end = at + 1;
    // In «3/1к6» the letter begins the next part.
    let next_part = |at: usize| {
        scan.flags(at).has(Flags::HOUSE) && scan.form(scan.after_space(at + 1)) == Some(Form::Digits)
    };
    let letter = |at: usize| scan.is_word(at) && scan.folded(at).chars().count() == 1 && !next_part(at);
    if letter(end) {
        end += 1;
    } else if scan.form(end + 1) == Some(Form::Word(Case::Initial)) && scan.form(end) == Some(Form::Space) {
        end += 2;
    }
    while (scan.is_sign(end, '/') || scan.is_sign(end, '-')) && scan.form(end + 1) == Some(Form::Digits) {
        end += 2 + usize::from(letter(end + 2));
    }
    let measured = scan.flags(scan.after_space(end)).has(Flags::AMOUNT);
    let date = scan.is_sign(end, '.') && scan.form(end + 1) == Some(Form::Digits);
    (!measured && !date).then_some(end)
}

/// "12 Baker Street", "1600 Pennsylvania Ave NW, Suite 5".
fn english(scan: &Scan, at: usize) -> Option<usize> {
    if scan.folded(at).len() > 5 {
        return None;
    }
    let letter = scan.is_word(at + 1) && scan.folded(at + 1).len() == 1;
    let mut piece = at + 1 + usize::from(letter);
    for _ in 0..=STREET_WORDS {
        if scan.form(piece) != Some(Form::Space) {
            return None;
        }
        piece += 1;
        let first = piece <= at + 2 + usize::from(letter);
        if !first && ends_street(scan, at, piece) {
            let after =
                piece + 1 + usize::from(scan.is_sign(piece + 1, '.') && unit(scan, piece + 2).is_some());
            return Some(unit(scan, direction(scan, after)).unwrap_or(direction(scan, piece + 1)));
        }
        let flags = scan.flags(piece);
        match scan.form(piece)? {
            Form::Word(_) if flags.has(Flags::NOT_NAME | Flags::AMOUNT | Flags::MEASURE) => return None,
            Form::Word(Case::Initial) if scan.is_sign(piece + 1, '.') => piece += 2,
            Form::Word(_) => piece += 1,
            Form::Digits if scan.is_word(piece + 1) => piece += 2,
            _ => return None,
        }
    }
    None
}

/// Is piece `at` the kind of a street whose number is piece `number`? Ambiguous kinds need capitals throughout.
fn ends_street(scan: &Scan, number: usize, at: usize) -> bool {
    let capitals = || (number..=at).all(|i| scan.form(i) != Some(Form::Word(Case::Lower)) || i == number + 1);
    scan.flags(at).has(Flags::STREET_EN) && (PLAIN_STREETS.contains(&scan.folded(at)) || capitals())
}

fn direction(scan: &Scan, from: usize) -> usize {
    let is_direction =
        |at: usize| matches!(scan.folded(at), "n" | "s" | "e" | "w" | "nw" | "ne" | "sw" | "se");
    if scan.form(from) == Some(Form::Space) && is_direction(from + 1) { from + 2 } else { from }
}

/// ", Apt 4", " #12".
fn unit(scan: &Scan, from: usize) -> Option<usize> {
    let comma = scan.after_space(from);
    let at = if scan.is_sign(comma, ',') { scan.after_space(comma + 1) } else { comma };
    let number = if scan.is_sign(at, '#') {
        scan.after_space(at + 1)
    } else if scan.flags(at).has(Flags::UNIT_EN) {
        after_abbreviation(scan, at)
    } else {
        return None;
    };
    house_number(scan, number)
}

/// "Flat 5, 12 Baker Street".
fn unit_then_street(scan: &Scan, at: usize) -> Option<usize> {
    let end = unit(scan, at)?;
    let comma = scan.is_sign(end, ',').then(|| scan.after_space(end + 1))?;
    (scan.form(comma) == Some(Form::Digits)).then(|| english(scan, comma))?
}

/// "PO Box 123".
fn po_box(scan: &Scan, at: usize) -> Option<usize> {
    let told = scan.folded(at) == "po" && scan.next_word(at).is_some_and(|word| scan.folded(word) == "box");
    told.then(|| house_number(scan, scan.after_space(at + 3)))?
}

/// The piece after «ул.» or «ул» and a space.
fn after_abbreviation(scan: &Scan, at: usize) -> usize {
    scan.after_space(at + 1 + usize::from(scan.is_sign(at + 1, '.')))
}

/// The piece after «8» or «1-я».
fn ordinal_end(scan: &Scan, at: usize) -> usize {
    if scan.is_sign(at + 1, '-') && scan.is_word(at + 2) { at + 3 } else { at + 1 }
}
