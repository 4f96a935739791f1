//! A board on paper: each card with its value, its drawing, and what it takes to read them.

use std::collections::BTreeMap;

use otklik_facts::{Grain, day_number};
use otklik_metrics::{
    Card, CardSize, Chart, Definition, IncidentKind, MetricAnswer, MetricRow, MetricUnit, Preference,
    ReportPaper, Target,
};
use otklik_print as print;
use otklik_print::{
    Axis, Bar, Body, Document, Fact, Heat, HeatRow, Mark, Paper, Point, Table, Trend, Whisker,
};

use super::answered::{Answered, filter_of};
use super::names::grain_of;
use super::speech::Speech;
use super::wording::{change, figure, interval, is_total, notes, refused, refused_briefly, unit_words};

/// What fits on a page.
const MOST_BARS: usize = 12;
const MOST_TABLE_ROWS: usize = 18;
const MOST_HEAT: (usize, usize) = (14, 9);
/// Groups of fewer answers are pale.
const SMALL_SAMPLE: u64 = 30;
/// Gaps named one by one; the others are counted.
const NAMED_GAPS: usize = 3;

impl Answered {
    /// The whole document.
    pub(crate) fn on_paper(&self, speech: Speech, paper: ReportPaper) -> Document {
        let cards = self.cards.iter().map(|(card, answer)| match answer {
            Ok(answer) => self.card(speech, card, answer),
            Err(error) => self.bare(speech, card, Body::Refusal { text: self.refusal(speech, card, error) }),
        });
        Document {
            language: speech.0.word().to_owned(),
            paper: match paper {
                ReportPaper::Landscape => Paper::Landscape,
                ReportPaper::Portrait => Paper::Portrait,
            },
            title: self.content.name.clone(),
            facts: self
                .facts(speech)
                .into_iter()
                .map(|(id, value)| Fact { name: speech.word(id), value })
                .collect(),
            cards: cards.collect(),
            empty: speech.word("empty"),
            page_words: [speech.word("page"), speech.word("of")],
        }
    }

    /// What holds for all cards: each with the id of its name.
    pub(crate) fn facts(&self, speech: Speech) -> Vec<(&'static str, String)> {
        let unit = self.content.unit_id.as_ref();
        let conditions = self.names.conditions(speech, &self.content.filter);
        let made = speech.moment(self.made_at, &self.zone);
        [
            ("company", self.company.clone()),
            (
                "unit",
                unit.map_or_else(String::new, |unit| {
                    self.names.value(speech, "unit", Some(unit.as_str()), false)
                }),
            ),
            ("period", speech.period(self.period.as_ref())),
            ("where", conditions.join("; ")),
            ("words", self.content.words.clone()),
            ("made", self.made_by.as_ref().map_or(made.clone(), |by| format!("{made}, {by}"))),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    fn bare(&self, speech: Speech, card: &Card, body: Body) -> print::Card {
        let definition = self.definitions.get(&card.query.metric);
        let own = self.names.conditions(speech, &card.query.filter);
        let scale = definition.map(|definition| unit_words(speech, definition));
        let lead: Vec<String> = scale.into_iter().chain(own).filter(|words| !words.is_empty()).collect();
        print::Card {
            title: self.title(speech, card),
            lead: lead.join("; "),
            width: match card.size {
                CardSize::Small => print::Width::Quarter,
                CardSize::Medium => print::Width::Half,
                CardSize::Wide => print::Width::Whole,
            },
            figure: None,
            body,
            notes: Vec::new(),
            definition: definition
                .map(|known| format!("{}: {}", speech.of(&known.name), speech.of(&known.description)))
                .unwrap_or_default(),
        }
    }

    fn card(&self, speech: Speech, card: &Card, answer: &MetricAnswer) -> print::Card {
        let target = self.target(card);
        let refusal = answer.overall.refusal;
        let silent = answer.rows.iter().all(|row| row.value.is_none());
        let mut said = notes(speech, answer, card.chart == Chart::Table);
        let body = match (card.chart, refusal) {
            (_, Some(refusal)) if silent => Body::Refusal { text: refused(speech, refusal) },
            (Chart::Number, _) => {
                said.extend(target.map(|target| target_words(speech, target, answer.unit)));
                Body::Nothing
            }
            (Chart::Trend, _) => {
                let definition = self.definitions.get(&card.query.metric);
                said.extend(gaps(speech, answer));
                Body::Trend(self.trend(speech, answer, target.filter(|_| fits_grain(definition, answer))))
            }
            (_, _) if answer.rows.is_empty() => Body::Refusal { text: speech.word("no-rows") },
            (Chart::Bars, _) => {
                said.extend(more_rows(speech, answer.rows.len(), MOST_BARS));
                let bars = self.bars(speech, answer);
                if bars.iter().any(|bar| bar.pale) {
                    said.push(speech.say("small-rows", &[("n", SMALL_SAMPLE.to_string())]));
                }
                Body::Bars { bars }
            }
            (Chart::Heat, _) => {
                said.push(speech.word("dots"));
                Body::Heat(self.heat(speech, answer))
            }
            (Chart::Table, _) => {
                said.extend(more_rows(speech, answer.rows.len(), MOST_TABLE_ROWS));
                Body::Table(self.table(speech, card, answer))
            }
        };
        print::Card { figure: figure(speech, answer), notes: said, ..self.bare(speech, card, body) }
    }

    fn trend(&self, speech: Speech, answer: &MetricAnswer, target: Option<&Target>) -> Trend {
        let rows = heard(answer);
        let dimension = answer.dimensions.first().map_or("", String::as_str);
        let points: Vec<Point> = rows
            .iter()
            .map(|row| Point {
                label: self.names.value(speech, dimension, first(row), true),
                value: row.value,
                low: row.low,
                high: row.high,
                other: row.other.as_ref().and_then(|other| other.value),
            })
            .collect();
        let aim = target.map(|target| target.content.value);
        let write = |value: f64, digits: usize| speech.value_to(value, answer.unit, digits);
        let trend = Trend::new(&points, aim, write)
            .with_legend(speech.word("this-series"), speech.word("other-series"))
            .with_marks(self.marks_of(speech, dimension, rows), points.len());
        match target {
            Some(target) => trend.with_target_words(target_words(speech, target, answer.unit)),
            None => trend,
        }
    }

    /// What happened within the steps of a trend.
    fn marks_of(&self, speech: Speech, dimension: &str, rows: &[MetricRow]) -> Vec<Mark> {
        let Some(grain) = grain_of(dimension) else { return Vec::new() };
        let steps: Vec<_> = rows.iter().map(|row| first(row).and_then(|key| grain.parse(key))).collect();
        let mark = |day: &str, words: String| {
            let day: jiff::civil::Date = day.parse().ok()?;
            let number = day_number(day);
            let step =
                steps.iter().position(|days| days.as_ref().is_some_and(|days| days.contains(&number)))?;
            Some(Mark { step, words: format!("{}, {words}", speech.day(day)) })
        };
        let releases = self.marks.releases.iter().filter_map(|(day, release)| {
            mark(day, speech.say("release", &[("name", release.solution_title.clone())]))
        });
        let incidents = self.marks.incidents.iter().filter_map(|incident| {
            let kind = speech.word(&format!("incident-{}", kind_word(incident.content.kind)));
            mark(&incident.content.on, format!("{kind}: {}", incident.content.name))
        });
        releases.chain(incidents).collect()
    }

    fn bars(&self, speech: Speech, answer: &MetricAnswer) -> Vec<Bar> {
        let dimension = answer.dimensions.first().map_or("", String::as_str);
        let shown: Vec<&MetricRow> = answer.rows.iter().take(MOST_BARS).collect();
        let ends = shown.iter().flat_map(|row| [row.value, row.low, row.high]).flatten();
        let axis = Axis::around(ends.chain([0.0]), 4);
        let zero = axis.share(0.0);
        let bar = |row: &&MetricRow| {
            let at = row.value.map(|value| axis.share(value));
            let whisker = row.low.zip(row.high);
            let value = match (row.value, row.refusal) {
                (Some(value), _) => speech.value(value, answer.unit),
                (None, Some(refusal)) => refused_briefly(speech, refusal),
                (None, None) => "—".to_owned(),
            };
            Bar {
                label: self.names.value(speech, dimension, first(row), false),
                bar: at.map(|at| [at.min(zero), at.max(zero)]),
                whisker: whisker.map(|(low, high)| Whisker { low: axis.share(low), high: axis.share(high) }),
                value,
                rests_on: if is_total(answer.unit) {
                    String::new()
                } else {
                    speech.say("sample", &[("n", speech.count(row.n))])
                },
                pale: row.value.is_none() || !is_total(answer.unit) && row.n < SMALL_SAMPLE,
            }
        };
        shown.iter().map(bar).collect()
    }

    /// The groups of most items against the values of the other dimension.
    fn heat(&self, speech: Speech, answer: &MetricAnswer) -> Heat {
        let [by, and] = [0, 1].map(|place| answer.dimensions.get(place).map_or("", String::as_str));
        let mut columns = heaviest(answer, 1, MOST_HEAT.1);
        if grain_of(and).is_some() {
            columns = answer.rows.iter().filter_map(|row| row.key.get(1)).collect();
            columns.sort();
            columns.dedup();
            columns.drain(..columns.len().saturating_sub(MOST_HEAT.1));
        }
        let cells: BTreeMap<&[Option<String>], &MetricRow> =
            answer.rows.iter().map(|row| (row.key.as_slice(), row)).collect();
        let spread = widest(answer);
        let cell = |row: &&MetricRow| match row.value {
            None => print::Cell { text: "•".to_owned(), shade: 0.0 },
            Some(value) => {
                let middle = answer.overall.value.unwrap_or_default();
                let shade = match answer.direction {
                    Preference::MoreIsBetter => (value - middle) / spread,
                    Preference::LessIsBetter => (middle - value) / spread,
                    Preference::Neutral => value / spread,
                };
                print::Cell { text: speech.value(value, answer.unit), shade }
            }
        };
        let empty = print::Cell { text: String::new(), shade: 0.0 };
        let row = |group: &Option<String>| HeatRow {
            label: self.names.value(speech, by, group.as_deref(), false),
            cells: columns
                .iter()
                .map(|column| cells.get(&[group.clone(), (*column).clone()][..]).map_or(empty.clone(), cell))
                .collect(),
        };
        let rows = heaviest(answer, 0, MOST_HEAT.0).into_iter().map(row).collect();
        let name = |value: &&Option<String>| self.names.value(speech, and, value.as_deref(), true);
        Heat { rows, columns: columns.iter().map(name).collect() }
    }

    fn table(&self, speech: Speech, card: &Card, answer: &MetricAnswer) -> Table {
        let compared = answer.rows.iter().any(|row| row.other.is_some());
        let by: Vec<String> =
            answer.dimensions.iter().map(|by| super::names::dimension_name(speech, by)).collect();
        let head = if by.is_empty() { self.title(speech, card) } else { by.join(" · ") };
        let mut columns = vec![head];
        for id in ["column-value", "column-sample", "column-interval"] {
            columns.push(speech.word(id));
        }
        columns.extend(compared.then(|| speech.word("column-difference")));
        let row = |row: &MetricRow| {
            let value = match (row.value, row.refusal) {
                (Some(value), _) => speech.value(value, answer.unit),
                (None, Some(refusal)) => refused_briefly(speech, refusal),
                (None, None) => "—".to_owned(),
            };
            let between = row.low.zip(row.high).map(|(low, high)| interval(speech, low, high, answer.unit));
            let mut cells = vec![
                self.group(speech, answer, row),
                value,
                speech.count(row.n),
                between.unwrap_or_default(),
            ];
            let difference = row.comparison.as_ref().map(|found| change(speech, found, answer.unit, None));
            cells.extend(compared.then(|| difference.unwrap_or_default()));
            cells
        };
        Table { columns, rows: answer.rows.iter().take(MOST_TABLE_ROWS).map(row).collect() }
    }

    /// «Премиальный · ноябрь 2026».
    pub(crate) fn group(&self, speech: Speech, answer: &MetricAnswer, row: &MetricRow) -> String {
        if row.key.is_empty() {
            return speech.word("all-items");
        }
        let named = answer.dimensions.iter().zip(&row.key);
        let names: Vec<String> = named
            .map(|(dimension, value)| self.names.value(speech, dimension, value.as_deref(), false))
            .collect();
        names.join(" · ")
    }

    /// Which items a card is about, in words.
    pub(crate) fn conditions_of(&self, speech: Speech, card: &Card) -> String {
        self.names.conditions(speech, &filter_of(card, &self.content)).join("; ")
    }
}

fn first(row: &MetricRow) -> Option<&str> {
    row.key.first()?.as_deref()
}

/// The steps between the first and the last answer: years before a survey began are no gaps in it.
fn heard(answer: &MetricAnswer) -> &[MetricRow] {
    use otklik_metrics::Refusal::NoData;
    let heard =
        |row: &MetricRow| row.refusal != Some(NoData) || row.other.as_ref().is_some_and(|other| other.n > 0);
    let Some(from) = answer.rows.iter().position(heard) else { return &[] };
    let to = answer.rows.iter().rposition(heard).unwrap_or(from);
    &answer.rows[from..=to]
}

/// Whether a target's value can stand on a trend of this step: what grows with time is promised for a month.
fn fits_grain(definition: Option<&Definition>, answer: &MetricAnswer) -> bool {
    let grows = definition.is_none_or(|known| known.formula.base().is_some() || is_total(known.unit));
    !grows || answer.dimensions.first().and_then(|by| grain_of(by)) == Some(Grain::Month)
}

fn target_words(speech: Speech, target: &Target, unit: MetricUnit) -> String {
    let due =
        target.content.due_on.parse().map_or_else(|_| target.content.due_on.clone(), |day| speech.day(day));
    speech.say("target", &[("value", speech.value(target.content.value, unit)), ("day", due)])
}

fn gaps(speech: Speech, answer: &MetricAnswer) -> Option<String> {
    let grain = grain_of(answer.dimensions.first()?)?;
    let all: Vec<String> = heard(answer)
        .iter()
        .filter_map(|row| {
            Some(format!(
                "{}: {}",
                speech.step(grain, first(row)?, false),
                refused_briefly(speech, row.refusal?)
            ))
        })
        .collect();
    let mut list: Vec<String> = all.iter().take(NAMED_GAPS).cloned().collect();
    if all.len() > NAMED_GAPS {
        list.push(speech.say("more-gaps", &[("count", (all.len() - NAMED_GAPS).to_string())]));
    }
    (!list.is_empty()).then(|| speech.say("gaps", &[("list", list.join("; "))]))
}

fn more_rows(speech: Speech, rows: usize, shown: usize) -> Option<String> {
    let left = rows.checked_sub(shown).filter(|left| *left > 0)?;
    Some(speech.say("more-rows", &[("count", left.to_string())]))
}

/// The values of the dimension at a place, those of most items first.
fn heaviest(answer: &MetricAnswer, place: usize, most: usize) -> Vec<&Option<String>> {
    let mut weights: BTreeMap<&Option<String>, u64> = BTreeMap::new();
    for row in &answer.rows {
        if let Some(value) = row.key.get(place) {
            *weights.entry(value).or_default() += row.n;
        }
    }
    let mut order: Vec<_> = weights.into_iter().collect();
    order.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    order.into_iter().take(most).map(|(value, _)| value).collect()
}

/// The largest distance of a cell from the middle: what the strongest shade stands for.
fn widest(answer: &MetricAnswer) -> f64 {
    let middle = match answer.direction {
        Preference::Neutral => 0.0,
        _ => answer.overall.value.unwrap_or_default(),
    };
    let distances = answer.rows.iter().filter_map(|row| row.value).map(|value| (value - middle).abs());
    distances.fold(0.0, f64::max).max(f64::EPSILON)
}

fn kind_word(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Outage => "outage",
        IncidentKind::Terms => "terms",
        IncidentKind::Campaign => "campaign",
        IncidentKind::Outside => "outside",
        IncidentKind::Measurement => "measurement",
        IncidentKind::Other => "other",
    }
}
