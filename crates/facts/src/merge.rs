//! New segments out of old ones: joined, cleared of dead rows, cut by month.

use std::collections::BTreeMap;

use crate::calendar;
use crate::codes::Column;
use crate::postings::Postings;
use crate::segment::{Columns, MAX_ROWS, Segment, day_runs};

/// A living row of one of the sources, ordered as rows of a segment are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pick {
    day: u16,
    number: u32,
    source: u32,
    row: u16,
}

/// The living rows of all sources in order, in as few segments as hold them.
pub fn merge(sources: &[Segment]) -> Vec<Segment> {
    picks(sources).chunks(MAX_ROWS).map(|picks| gather(sources, picks)).collect()
}

/// The living rows of a segment by calendar month.
pub fn split_months(source: &Segment) -> Vec<(i32, Segment)> {
    let sources = std::slice::from_ref(source);
    let picks = picks(sources);
    let months = picks.chunk_by(|before, pick| calendar::month(before.day) == calendar::month(pick.day));
    months.map(|picks| (calendar::month(picks[0].day), gather(sources, picks))).collect()
}

/// Keeps the segments of one month few: rows that are mostly dead are dropped, and a segment joins its neighbour in
/// size while that is not yet twice as large. So an item is copied a logarithmic number of times.
pub fn settle(segments: &mut Vec<Segment>) {
    let (worn, mut kept): (Vec<_>, Vec<_>) =
        segments.drain(..).partition(|segment| segment.items() * 4 <= segment.rows() * 3);
    kept.extend(worn.iter().flat_map(|segment| merge(std::slice::from_ref(segment))));
    kept.sort_by_key(|segment| std::cmp::Reverse(segment.items()));
    while let [.., before, last] = kept.as_slice()
        && before.items() <= 2 * last.items()
        && before.items() + last.items() <= MAX_ROWS
    {
        let joined = merge(&kept[kept.len() - 2..]);
        kept.truncate(kept.len() - 2);
        kept.extend(joined);
        kept.sort_by_key(|segment| std::cmp::Reverse(segment.items()));
    }
    *segments = kept;
}

fn picks(sources: &[Segment]) -> Vec<Pick> {
    let mut picks = Vec::with_capacity(sources.iter().map(Segment::items).sum());
    for (source, segment) in sources.iter().enumerate() {
        for (day, rows) in segment.days() {
            let living = rows.filter(|&row| !segment.is_dead(row));
            picks.extend(living.map(|row| Pick {
                day,
                number: segment.numbers()[row],
                source: source as u32,
                row: row as u16,
            }));
        }
    }
    // The sources are sorted runs, which a stable sort joins in one pass.
    picks.sort();
    picks
}

fn gather(sources: &[Segment], picks: &[Pick]) -> Segment {
    let width = sources.iter().map(Segment::columns).max().unwrap_or(0);
    let mut values = Vec::with_capacity(picks.len());
    let columns = (0..width).map(|index| {
        values.clear();
        let codes: Vec<_> = sources.iter().map(|source| &source.column(index).codes).collect();
        values.extend(picks.iter().map(|pick| codes[pick.source as usize].get(pick.row.into())));
        Column::new(&values)
    });
    Segment::new(Columns {
        columns: columns.collect(),
        days: day_runs(picks.iter().map(|pick| pick.day)),
        numbers: picks.iter().map(|pick| pick.number).collect(),
        topics: Postings::new(topic_lists(sources, picks)),
    })
}

fn topic_lists(sources: &[Segment], picks: &[Pick]) -> BTreeMap<u32, Vec<u16>> {
    let mut places: Vec<Vec<Option<u16>>> = sources.iter().map(|source| vec![None; source.rows()]).collect();
    for (place, pick) in picks.iter().enumerate() {
        places[pick.source as usize][usize::from(pick.row)] = Some(place as u16);
    }
    let mut lists: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
    for (source, places) in sources.iter().zip(&places) {
        for (code, rows) in source.topics().iter() {
            let kept = rows.iter().filter_map(|&row| places[usize::from(row)]);
            lists.entry(code).or_default().extend(kept);
        }
    }
    lists.retain(|_, rows| !rows.is_empty());
    lists
}
