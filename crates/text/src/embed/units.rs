//! Units: whole runs, or the best pieces of a run that is no unit itself.

use crate::archive::{Archive, ModelError};
use rustc_hash::FxHashMap;

/// The longest piece that the best split looks for, in characters.
const LONGEST_PIECE: usize = 16;

/// How much less likely a character that is no piece is than the least likely piece.
const UNKNOWN: f32 = 10.0;

/// Finds the units of runs.
pub(super) struct Units {
    numbers: FxHashMap<&'static str, u32>,
    /// Log probability of each unit that is a piece, 0 of one that is only a word.
    scores: Vec<f32>,
    unknown: f32,
}

/// The best split of a run up to some character.
#[derive(Clone, Copy)]
struct Split {
    score: f32,
    /// The character at which its last piece begins.
    from: usize,
    /// Its last piece, `None` for a character that is no piece.
    piece: Option<u32>,
}

impl Units {
    /// Reads the names (`keys`: a byte with the length, then the bytes) and log probabilities (`scor`) of units.
    pub fn read(archive: &Archive<'static>) -> Result<Self, ModelError> {
        let scores = archive.floats(b"scor")?;
        let mut numbers = FxHashMap::default();
        numbers.reserve(scores.len());
        let mut rest = archive.section(b"keys")?;
        for number in (0..).take(scores.len()) {
            let (length, after) = rest.split_first().ok_or(ModelError::Damaged)?;
            let (name, after) = after.split_at_checked(usize::from(*length)).ok_or(ModelError::Damaged)?;
            numbers.insert(std::str::from_utf8(name).map_err(|_| ModelError::Damaged)?, number);
            rest = after;
        }
        let unknown = scores.iter().copied().fold(0.0, f32::min) - UNKNOWN;
        Ok(Self { numbers, scores, unknown })
    }

    pub fn len(&self) -> usize {
        self.scores.len()
    }

    /// Appends the units of `run`.
    pub fn find(&self, run: &str, units: &mut Vec<u32>) {
        match self.numbers.get(run) {
            Some(number) => units.push(*number),
            None => self.split(run, units),
        }
    }

    /// Appends the pieces of the likeliest split of `run` (Viterbi); characters that are no piece are passed over.
    fn split(&self, run: &str, units: &mut Vec<u32>) {
        let borders: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        let characters = borders.len() - 1;
        let mut best = vec![Split { score: f32::NEG_INFINITY, from: 0, piece: None }; borders.len()];
        best[0].score = 0.0;
        for from in 0..characters {
            let before = best[from].score;
            let mut single = false;
            for to in from + 1..=characters.min(from + LONGEST_PIECE) {
                let Some(piece) = self.piece(&run[borders[from]..borders[to]]) else { continue };
                single |= to == from + 1;
                let score = before + self.scores[piece as usize];
                if score > best[to].score {
                    best[to] = Split { score, from, piece: Some(piece) };
                }
            }
            let score = before + self.unknown;
            if !single && score > best[from + 1].score {
                best[from + 1] = Split { score, from, piece: None };
            }
        }
        let first = units.len();
        let mut at = characters;
        while at > 0 {
            units.extend(best[at].piece);
            at = best[at].from;
        }
        units[first..].reverse();
    }

    fn piece(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied().filter(|number| self.scores[*number as usize] < 0.0)
    }
}
