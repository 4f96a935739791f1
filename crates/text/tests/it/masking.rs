//! How much of the marked personal data masking finds, and how much else it takes for such.

use otklik_text::mask::{Kind, Masked, mask};
use std::collections::BTreeMap;
use std::ops::Range;

const MARKED_TEXTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/masking.txt");

type Span = (Kind, Range<usize>);

#[derive(Default)]
struct Counts {
    marked: usize,
    found: usize,
    wrong: usize,
}

#[test]
fn marked_personal_data_is_found_and_nothing_else() {
    let lines = std::fs::read_to_string(MARKED_TEXTS).unwrap();
    let mut kinds: BTreeMap<Kind, Counts> = BTreeMap::new();
    let (mut texts, mut exact) = (0, 0);
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let (text, marked) = read_marks(line);
        let masked = mask(&text);
        let found = places(&text, &masked);
        let hit = |span: &Span, others: &[Span]| {
            others.iter().any(|other| other.0 == span.0 && overlap(&other.1, &span.1))
        };
        for span in &marked {
            let counts = kinds.entry(span.0).or_default();
            counts.marked += 1;
            counts.found += usize::from(hit(span, &found));
        }
        for span in &found {
            kinds.entry(span.0).or_default().wrong += usize::from(!hit(span, &marked));
        }
        texts += 1;
        let expected = replaced(&text, &marked);
        exact += usize::from(expected == masked.text);
        if expected != masked.text {
            println!("expected {expected}\n   found {}", masked.text);
        }
    }
    let name = report(&kinds, |kind| kind == Kind::Name);
    let structured = report(&kinds, |kind| kind != Kind::Name);
    println!("{exact} of {texts} texts are masked exactly as marked");
    assert!(texts >= 300);
    assert!(structured.recall >= 0.98 && name.recall >= 0.9);
    assert!(structured.precision >= 0.95 && name.precision >= 0.95);
    assert!(exact * 100 >= texts * 95);
}

struct Quality {
    recall: f64,
    precision: f64,
}

/// Prints a line for each kind and returns the quality over all of them.
fn report(kinds: &BTreeMap<Kind, Counts>, wanted: impl Fn(Kind) -> bool) -> Quality {
    let (mut marked, mut found, mut wrong) = (0, 0, 0);
    for (kind, counts) in kinds.iter().filter(|(kind, _)| wanted(**kind)) {
        println!(
            "{:9} marked {:3}, found {:3}, wrong {:2}",
            kind.code(),
            counts.marked,
            counts.found,
            counts.wrong
        );
        marked += counts.marked;
        found += counts.found;
        wrong += counts.wrong;
    }
    let quality =
        Quality { recall: found as f64 / marked as f64, precision: found as f64 / (found + wrong) as f64 };
    println!("recall {:.3}, precision {:.3}\n", quality.recall, quality.precision);
    quality
}

/// Takes the marks `{kind:data}` out of a line.
fn read_marks(line: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut rest) = (String::new(), Vec::new(), line);
    while let Some((before, mark)) = rest.split_once('{') {
        let (mark, after) = mark.split_once('}').unwrap();
        let (code, data) = mark.split_once(':').unwrap();
        let kind = Kind::ALL.into_iter().find(|kind| kind.code() == code).unwrap();
        text.push_str(before);
        spans.push((kind, text.len()..text.len() + data.len()));
        text.push_str(data);
        rest = after;
    }
    (text + rest, spans)
}

/// Where in `text` the tokens' originals stood: what lies between tokens is the same in both texts.
fn places(text: &str, masked: &Masked) -> Vec<Span> {
    let mut places: Vec<Span> = Vec::new();
    let (mut at, mut copied) = (0, 0);
    for (number, span) in masked.spans.iter().enumerate() {
        at += span.start - copied;
        copied = span.end;
        let next = masked.spans.get(number + 1).map_or(masked.text.len(), |next| next.start);
        let between = &masked.text[copied..next];
        let end = if number + 1 == masked.spans.len() {
            text.len() - between.len()
        } else {
            at + text[at..]
                .char_indices()
                .skip(1)
                .find(|(i, _)| text[at + i..].starts_with(between))
                .unwrap()
                .0
        };
        places.push((span.kind, at..end));
        at = end;
    }
    places
}

fn replaced(text: &str, marked: &[Span]) -> String {
    let mut replaced = text.to_owned();
    for (kind, span) in marked.iter().rev() {
        replaced.replace_range(span.clone(), kind.token());
    }
    replaced
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
