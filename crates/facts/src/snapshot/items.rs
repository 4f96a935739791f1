//! Segments as row groups of a month's file.

use crate::calendar;
use crate::codes::Column;
use crate::postings::Postings;
use crate::segment::{Columns, MAX_ROWS, Segment, day_runs};
use crate::snapshot::table::{Field, Kind, Values};
use crate::test::{SENTIMENTS, signal_codes};
use crate::vocabulary::{CES, COMPLAINT, CSAT, CUSTOMER, FIXED, NPS, SENTIMENT, SIGNAL, Vocabulary};
use crate::{Dimension, Score};

/// The columns of a month's file: number, day, topics, then a segment's columns in their order.
pub fn fields(attributes: &[String]) -> Vec<Field> {
    let fixed = FIXED.iter().map(|dimension| Field::new(dimension.to_string(), Kind::Code));
    let answers = ["nps", "csat", "ces"].map(|score| Field::new(score, Kind::Answer));
    let attributes = attributes.iter().map(|name| Dimension::Attribute(name.clone()));
    [("number", Kind::Number), ("day", Kind::Date), ("topics", Kind::List)]
        .map(|(name, kind)| Field::new(name, kind))
        .into_iter()
        .chain(fixed)
        .chain(answers)
        .chain([Field::new("complaint", Kind::Truth), Field::new("customer", Kind::Code)])
        .chain([Field::new("sentiment", Kind::Code), Field::new("signals", Kind::Number)])
        .chain(attributes.map(|attribute| Field::new(attribute.to_string(), Kind::Code)))
        .collect()
}

/// The row group of a segment without dead rows, with so many columns.
pub fn row_group(segment: &Segment, width: usize) -> Vec<Values> {
    let rows = segment.rows();
    let days =
        segment.days().flat_map(|(day, rows)| rows.map(move |_| calendar::unpack_day(day).cast_unsigned()));
    let column = |index| {
        let codes = &segment.column(index).codes;
        Values::Numbers((0..rows).map(|row| codes.get(row)).collect())
    };
    [Values::Numbers(segment.numbers().to_vec()), Values::Numbers(days.collect()), topic_lists(segment)]
        .into_iter()
        .chain((0..width).map(column))
        .collect()
}

fn topic_lists(segment: &Segment) -> Values {
    let named = || segment.topics().iter().filter(|(topic, _)| *topic != 0);
    let mut ends = vec![0_u32; segment.rows()];
    named().flat_map(|(_, rows)| rows).for_each(|&row| ends[usize::from(row)] += 1);
    let mut total = 0;
    // From how many topics a row has to where its list starts; filling the lists moves that on to their ends.
    for end in &mut ends {
        (*end, total) = (total, total + *end);
    }
    let mut elements = vec![0; total as usize];
    for (topic, rows) in named() {
        for &row in rows {
            let place = &mut ends[usize::from(row)];
            elements[*place as usize] = topic;
            *place += 1;
        }
    }
    Values::Lists { ends, elements }
}

/// The segment of a row group; refuses codes that no dictionary has and rows out of order. Codes of customers are not
/// checked.
pub fn segment(group: Vec<Values>, vocabulary: &Vocabulary) -> Result<Segment, String> {
    let mut group = group.into_iter();
    let (Some(Values::Numbers(numbers)), Some(Values::Numbers(days)), Some(Values::Lists { ends, elements })) =
        (group.next(), group.next(), group.next())
    else {
        return Err("no items".into());
    };
    let days: Vec<u16> = days.iter().map(|day| calendar::pack_day(day.cast_signed())).collect();
    if numbers.len() > MAX_ROWS || !days.iter().zip(&numbers).is_sorted_by(|before, item| before < item) {
        return Err("items are out of order".into());
    }
    let column = |(values, limit): (Values, u32)| {
        let Values::Numbers(values) = values else { return Err("a column has no codes") };
        let column = Column::new(&values);
        if column.high < limit { Ok(column) } else { Err("a code is in no dictionary") }
    };
    Ok(Segment::new(Columns {
        columns: group.zip(code_limits(vocabulary)).map(column).collect::<Result<_, _>>()?,
        days: day_runs(days.into_iter()),
        topics: postings(&ends, &elements, vocabulary.topics.codes())?,
        numbers,
    }))
}

fn postings(ends: &[u32], elements: &[u32], codes: u32) -> Result<Postings, String> {
    let mut start = 0;
    for &end in ends {
        let topics = &elements[start as usize..end as usize];
        let is_known = topics.iter().all(|&topic| 0 < topic && topic < codes);
        if !is_known || !topics.is_sorted_by(|before, topic| before < topic) {
            return Err("a topic is in no dictionary".into());
        }
        start = end;
    }
    Ok(Postings::of_rows(ends, elements, codes))
}

/// For each column of a segment the first code that it cannot have.
fn code_limits(vocabulary: &Vocabulary) -> Vec<u32> {
    let mut limits = vec![0; vocabulary.columns()];
    for (index, dictionary) in vocabulary.fixed.iter().enumerate() {
        limits[index] = dictionary.codes();
    }
    for (column, score) in [(NPS, Score::Nps), (CSAT, Score::Csat), (CES, Score::Ces)] {
        limits[column] = u32::from(score.scale().1) + 2;
    }
    limits[COMPLAINT] = 2;
    limits[CUSTOMER] = u32::MAX;
    limits[SENTIMENT] = SENTIMENTS.len() as u32 + 1;
    limits[SIGNAL] = signal_codes();
    for ((_, dictionary), limit) in
        vocabulary.attributes.iter().zip(&mut limits[crate::vocabulary::FIRST_ATTRIBUTE..])
    {
        *limit = dictionary.codes();
    }
    limits
}
