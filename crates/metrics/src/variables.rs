//! What a formula makes of each single answer, as variables for the facts to multiply with others.

use std::collections::BTreeMap;

use otklik_facts::{Dimension, FactQuery, Facts, Filter, Measures, MomentQuery, Period, Score, Variable};
use otklik_stats::drivers::Moments;

use crate::count::{Counter, Counts};
use crate::{Answers, AttributeScale, Formula, Metric, MetricError};

/// Parts into which customers are dealt out: enough for a bootstrap, few enough to be drawn hundreds of times.
const BLOCKS: usize = 400;

/// The answers that a metric is made of, narrowed to a filter and a period.
pub(crate) struct Answered<'a> {
    facts: &'a Facts,
    metric: &'a Metric,
    outcome: Variable,
    filter: Filter,
    period: Option<Period>,
}

impl<'a> Answered<'a> {
    /// # Errors
    /// `NoDrivers` for a metric that is no mean over single answers.
    pub(crate) fn new(
        facts: &'a Facts,
        metric: &'a Metric,
        filter: &Filter,
        period: Option<Period>,
    ) -> Result<Self, MetricError> {
        let definition = &metric.definition;
        let no_drivers = || MetricError::NoDrivers(definition.code.clone());
        let outcome = definition.formula.of_answer().ok_or_else(no_drivers)?;
        Ok(Self { facts, metric, outcome, filter: filter.clone().and(metric.evidence()), period })
    }

    /// Sums and products of the metric's value, first, and of other variables, over the answers that have them all.
    pub(crate) fn moments(&self, others: Vec<Variable>) -> Result<Vec<Moments>, MetricError> {
        let variables = [vec![self.outcome.clone()], others].concat();
        let (filter, period) = (self.filter.clone(), self.period);
        let blocks = self.facts.moments(&MomentQuery { filter, period, variables, blocks: BLOCKS })?;
        let read = |block: otklik_facts::Moments| Moments {
            n: block.n as f64,
            sums: block.sums,
            products: block.products,
        };
        Ok(blocks.into_iter().map(read).collect())
    }

    /// The counts of the metric itself in each group.
    pub(crate) fn counts(
        &self,
        by: &[Dimension],
    ) -> Result<BTreeMap<Vec<Option<String>>, Counts>, MetricError> {
        let evidence = self.metric.evidence();
        let formula = &self.metric.definition.formula;
        Counter { facts: self.facts, formula, evidence: &evidence }.count(&self.filter, self.period, by)
    }

    /// The values of a dimension that at least so many answers have, the most frequent first.
    pub(crate) fn frequent(
        &self,
        dimension: &Dimension,
        least: u64,
        most: usize,
    ) -> Result<Vec<String>, MetricError> {
        let mut values = self.facts_by(dimension)?;
        values.retain(|(_, count)| *count >= least);
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        values.truncate(most);
        Ok(values.into_iter().map(|(value, _)| value).collect())
    }

    fn facts_by(&self, dimension: &Dimension) -> Result<Vec<(String, u64)>, MetricError> {
        let query = FactQuery {
            filter: self.filter.clone(),
            period: self.period,
            dimensions: vec![dimension.clone()],
            measures: Measures::NONE,
            ..FactQuery::default()
        };
        let rows = self.facts.query(&query)?.into_iter();
        Ok(rows.filter_map(|row| Some((row.key.into_iter().next()??, row.cell.count))).collect())
    }

    /// The other questions that these people answered: scores, and attributes whose values are small whole numbers.
    pub(crate) fn other_questions(&self, least: u64) -> Result<Vec<Answers>, MetricError> {
        let own = self.metric.definition.formula.answers();
        let mut questions = Vec::new();
        for score in [Score::Nps, Score::Csat, Score::Ces] {
            let narrowed = self.filter.clone().and(Filter::Answered(score));
            let query = FactQuery {
                filter: narrowed,
                period: self.period,
                measures: Measures::NONE,
                ..FactQuery::default()
            };
            let answered = self.facts.query(&query)?.first().map_or(0, |row| row.cell.count);
            if answered >= least {
                questions.push(Answers::Score(score));
            }
        }
        for attribute in self.facts.attributes() {
            let values = self.facts_by(&Dimension::Attribute(attribute.clone()))?;
            questions.extend(scale_of(attribute, &values, least).map(Answers::Attribute));
        }
        questions.retain(|question| Some(question) != own.as_ref());
        Ok(questions)
    }
}

/// The scale of an attribute that is a question: all its values are whole numbers from 0 to 10.
fn scale_of(attribute: String, values: &[(String, u64)], least: u64) -> Option<AttributeScale> {
    const HIGHEST: u8 = 10;
    let answered: u64 = values.iter().map(|(_, count)| count).sum();
    let numbers: Option<Vec<u8>> = values
        .iter()
        .map(|(value, _)| value.parse::<u8>().ok().filter(|n| *n <= HIGHEST && n.to_string() == *value))
        .collect();
    let numbers = numbers.filter(|numbers| numbers.len() > 2 && answered >= least)?;
    let (lowest, highest) = (*numbers.iter().min()?, *numbers.iter().max()?);
    Some(AttributeScale { attribute, lowest, highest })
}

impl Formula {
    /// The question whose answers the metric reads, where it is one.
    pub(crate) fn answers(&self) -> Option<Answers> {
        match self {
            Self::Nps => Some(Answers::Score(Score::Nps)),
            Self::ScoreMean { score } | Self::ScoreShare { score, .. } | Self::ScoreBalance { score, .. } => {
                Some(score.clone())
            }
            _ => None,
        }
    }

    /// What one answer counts in the unit of the metric, so that the metric is the mean: −100, 0 or 100 for NPS.
    fn of_answer(&self) -> Option<Variable> {
        let balance = |from: u8, to: u8| {
            move |answer: u8| f64::from(i32::from(answer >= from) - i32::from(answer <= to)) * 100.0
        };
        Some(match self {
            Self::Nps => self.answers()?.variable(balance(9, 6)),
            Self::ScoreBalance { score, from, to } => score.variable(balance(*from, *to)),
            Self::ScoreMean { score } => score.variable(f64::from),
            Self::ScoreShare { score, from } => {
                score.variable(|answer| if answer >= *from { 100.0 } else { 0.0 })
            }
            _ => return None,
        })
    }
}

impl Answers {
    /// The answer, read as a number.
    pub(crate) fn variable(&self, read: impl Fn(u8) -> f64) -> Variable {
        let (lowest, highest) = self.scale();
        match self {
            Self::Score(score) => {
                Variable::Score { score: *score, values: (lowest..=highest).map(read).collect() }
            }
            Self::Attribute(scale) => Variable::Attribute {
                name: scale.attribute.clone(),
                values: (lowest..=highest).map(|answer| (answer.to_string(), read(answer))).collect(),
            },
        }
    }
}
