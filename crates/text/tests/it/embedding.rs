//! The embedding equals the reference that `tools/embedding` computes, and brings alike texts together.

use otklik_text::{DIMENSIONS, Vector, embed, embed_all, quantise, similarity};
use proptest::prelude::*;

/// Text, tab, the vector's numbers as binary16 in hexadecimal digits.
const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/embedding.txt");

fn dot(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[test]
fn vectors_equal_the_reference() {
    let lines = std::fs::read_to_string(REFERENCE).unwrap();
    let (mut texts, mut expected) = (Vec::new(), Vec::new());
    for line in lines.lines() {
        let (text, digits) = line.split_once('\t').unwrap();
        assert_eq!(digits.len(), DIMENSIONS * 4);
        texts.push(text);
        expected.push((0..DIMENSIONS).map(|at| binary16(&digits[at * 4..][..4])).collect::<Vec<f32>>());
    }
    assert!(texts.len() > 20);
    for ((text, vector), expected) in texts.iter().zip(embed_all(&texts)).zip(expected) {
        for (own, other) in vector.iter().zip(expected) {
            assert!((own - other).abs() < 5e-4, "{text}: {own} is not {other}");
        }
    }
}

/// The number of two bytes, the lower first.
fn binary16(digits: &str) -> f32 {
    let bits = u16::from_str_radix(digits, 16).unwrap().swap_bytes();
    let size = match bits >> 10 & 31 {
        0 => f32::from(bits & 1023) / 16_777_216.0,
        exponent => f32::from(bits & 1023 | 1024) * 2_f32.powi(i32::from(exponent) - 25),
    };
    if bits >> 15 == 1 { -size } else { size }
}

#[test]
fn alike_texts_are_near_across_languages() {
    let [question, answer, other] =
        ["карта заблокирована", "my card is blocked", "обслуживание отличное"].map(embed);
    assert!(dot(&question, &answer) > 0.6);
    assert!(dot(&question, &other) < 0.3);
}

proptest! {
    #[test]
    fn every_text_has_a_vector(text in any::<String>(), words in "[а-яa-z ]{0,40}") {
        for text in [text, words] {
            let vector = embed(&text);
            let square = dot(&vector, &vector);
            prop_assert!((square - 1.0).abs() < 1e-4 || square == 0.0, "{square}");
        }
    }

    #[test]
    fn bytes_tell_nearly_the_same(a in "[а-я ]{3,40}", b in "[a-z ]{3,40}") {
        let (a, b) = (embed(&a), embed(&b));
        prop_assert!((similarity(&quantise(&a), &quantise(&b)) - dot(&a, &b)).abs() < 0.01);
    }
}
