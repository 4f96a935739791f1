//! A board as a workbook: a sheet for each card, numbers as numbers.

use otklik_metrics::{Card, MetricAnswer, MetricRow};

use super::answered::Answered;
use super::names::dimension_name;
use super::speech::Speech;
use super::wording::{notes, refused_briefly, unit_words, verdict};
use crate::sheet::{Sheet, SheetCell, SheetFact};

impl Answered {
    /// One sheet per card, in their order; of an empty board a sheet that says so.
    pub(crate) fn in_sheets(&self, speech: Speech) -> Vec<Sheet> {
        let sheets = self.cards.iter().map(|(card, answer)| {
            let title = self.title(speech, card);
            let mut facts = self.sheet_facts(speech, card);
            match answer {
                Ok(answer) => {
                    facts.extend(notes(speech, answer, true).into_iter().map(|note| fact("", note)));
                    let (columns, rows) = self.cells(speech, answer);
                    Sheet { title, facts, columns, rows }
                }
                Err(error) => {
                    facts.push(fact("", self.refusal(speech, card, error)));
                    Sheet { title, facts, columns: Vec::new(), rows: Vec::new() }
                }
            }
        });
        let mut sheets: Vec<Sheet> = sheets.collect();
        if sheets.is_empty() {
            let facts = vec![fact("", speech.word("empty"))];
            let title = self.content.name.clone();
            sheets.push(Sheet { title, facts, columns: Vec::new(), rows: Vec::new() });
        }
        sheets
    }

    fn sheet_facts(&self, speech: Speech, card: &Card) -> Vec<SheetFact> {
        let of_board = self.facts(speech).into_iter().filter(|(id, _)| *id != "where");
        let mut facts: Vec<SheetFact> = of_board.map(|(id, value)| fact(&speech.word(id), value)).collect();
        let conditions = self.conditions_of(speech, card);
        if !conditions.is_empty() {
            facts.push(fact(&speech.word("where"), conditions));
        }
        if let Some(definition) = self.definitions.get(&card.query.metric) {
            let scale = unit_words(speech, definition);
            let name = speech.of(&definition.name);
            let named = if scale.is_empty() { name.to_owned() } else { format!("{name} ({scale})") };
            let words = format!("{named}: {}", speech.of(&definition.description));
            facts.push(fact(&speech.word("definition"), words));
        }
        facts
    }

    fn cells(&self, speech: Speech, answer: &MetricAnswer) -> (Vec<String>, Vec<Vec<Option<SheetCell>>>) {
        let compared = answer.rows.iter().any(|row| row.other.is_some());
        let mut columns: Vec<String> =
            answer.dimensions.iter().map(|dimension| dimension_name(speech, dimension)).collect();
        let ids = ["column-value", "column-sample", "column-low", "column-high", "column-customers"];
        columns.extend(ids.map(|id| speech.word(id)));
        if compared {
            let ids = ["column-before", "column-difference", "column-low", "column-high", "column-p"];
            columns.extend(ids.map(|id| speech.word(id)));
            columns.push(speech.word("column-verdict"));
        }
        columns.push(speech.word("column-why"));
        let row = |row: &MetricRow| self.row(speech, answer, row, compared);
        (columns, answer.rows.iter().map(row).collect())
    }

    fn row(
        &self,
        speech: Speech,
        answer: &MetricAnswer,
        row: &MetricRow,
        compared: bool,
    ) -> Vec<Option<SheetCell>> {
        let text = |text: String| Some(SheetCell::Text(text));
        let number = |value: Option<f64>| value.map(SheetCell::Number);
        let count = |value: u64| number(Some(value as f64));
        let mut cells: Vec<Option<SheetCell>> = answer
            .dimensions
            .iter()
            .zip(&row.key)
            .map(|(dimension, value)| text(self.names.value(speech, dimension, value.as_deref(), false)))
            .collect();
        cells.extend([
            number(row.value),
            count(row.n),
            number(row.low),
            number(row.high),
            count(row.customers),
        ]);
        if compared {
            let found = row.comparison.as_ref();
            cells.push(number(row.other.as_ref().and_then(|other| other.value)));
            cells.extend([
                number(found.map(|found| found.difference)),
                number(found.map(|found| found.low)),
                number(found.map(|found| found.high)),
                number(found.map(|found| found.p_value)),
                found.and_then(|found| text(verdict(speech, found.verdict))),
            ]);
        }
        cells.push(row.refusal.and_then(|refusal| text(refused_briefly(speech, refusal))));
        cells
    }
}

fn fact(name: &str, value: String) -> SheetFact {
    SheetFact { name: name.to_owned(), value }
}
