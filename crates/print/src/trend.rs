//! A value over time: where its line, its band, its target and its marks stand in the frame.

use serde::Serialize;

use crate::Axis;

/// A step of time. `label` stands under it where there is room.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub label: String,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// The value that it is compared with.
    pub other: Option<f64>,
}

/// Something that happened at a step; its number stands in the chart, its words below.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// The place of its step.
    pub step: usize,
    pub words: String,
}

/// The points of a line between two gaps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendLine {
    /// From left to right and from bottom to top, both from 0 to 1.
    pub line: Vec<[f64; 2]>,
    /// The outline of the band, where each point has one.
    pub band: Vec<[f64; 2]>,
}

/// A chart laid out: places are shares of its frame.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    this: Vec<TrendLine>,
    other: Vec<TrendLine>,
    target: Option<f64>,
    target_words: String,
    /// Names of the two lines, where there are two.
    legend: Option<[String; 2]>,
    heights: Vec<(f64, String)>,
    steps: Vec<(f64, String)>,
    marks: Vec<(f64, usize)>,
    mark_words: Vec<String>,
}

/// Labels under a chart that do not run into each other.
const MOST_LABELS: usize = 12;
const GRID_LINES: usize = 4;

impl Trend {
    /// Lays points out, `write` writing the numbers of the axis with so many digits.
    pub fn new(points: &[Point], target: Option<f64>, write: impl Fn(f64, usize) -> String) -> Self {
        let shown = points.iter().flat_map(|point| [point.value, point.low, point.high, point.other]);
        let axis = Axis::around(shown.chain([target]).flatten(), GRID_LINES);
        let digits = axis.digits();
        let across = |place: usize| match points.len() {
            0 | 1 => 0.5,
            count => place as f64 / (count - 1) as f64,
        };
        let every = points.len().div_ceil(MOST_LABELS).max(1);
        let labelled = points.iter().enumerate().rev().step_by(every);
        Self {
            this: runs(points, across, &axis, |point| point.value),
            other: runs(points, across, &axis, |point| point.other)
                .into_iter()
                .map(|run| TrendLine { band: Vec::new(), ..run })
                .collect(),
            target: target.map(|value| axis.share(value)),
            target_words: String::new(),
            legend: None,
            heights: axis.ticks.iter().map(|at| (axis.share(*at), write(*at, digits))).collect(),
            steps: labelled.map(|(place, point)| (across(place), point.label.clone())).collect(),
            marks: Vec::new(),
            mark_words: Vec::new(),
        }
    }

    /// Names the line of the target.
    #[must_use]
    pub fn with_target_words(self, words: String) -> Self {
        Self { target_words: words, ..self }
    }

    /// Names the two lines.
    #[must_use]
    pub fn with_legend(mut self, this: String, other: String) -> Self {
        self.legend = (!self.other.is_empty()).then_some([this, other]);
        self
    }

    /// Numbers what happened, in the order of time; `steps` is how many steps the chart has.
    #[must_use]
    pub fn with_marks(mut self, mut marks: Vec<Mark>, steps: usize) -> Self {
        marks.sort_by_key(|mark| mark.step);
        let across = |step: usize| if steps > 1 { step as f64 / (steps - 1) as f64 } else { 0.5 };
        self.marks = marks.iter().zip(1..).map(|(mark, number)| (across(mark.step), number)).collect();
        self.mark_words = marks.into_iter().map(|mark| mark.words).collect();
        self
    }
}

/// A line from gap to gap.
fn runs(
    points: &[Point],
    across: impl Fn(usize) -> f64,
    axis: &Axis,
    value: impl Fn(&Point) -> Option<f64>,
) -> Vec<TrendLine> {
    let places: Vec<usize> = (0..points.len()).collect();
    let heard = |place: &usize| value(&points[*place]).is_some();
    places
        .chunk_by(|a, b| heard(a) && heard(b))
        .filter(|run| run.first().is_some_and(heard))
        .map(|run| {
            let at = |place: &usize, height: Option<f64>| Some([across(*place), axis.share(height?)]);
            let below = run.iter().map(|place| at(place, points[*place].low));
            let above = run.iter().rev().map(|place| at(place, points[*place].high));
            TrendLine {
                line: run.iter().filter_map(|place| at(place, value(&points[*place]))).collect(),
                band: below.chain(above).collect::<Option<_>>().unwrap_or_default(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(value: Option<f64>) -> Point {
        let (low, high) = (value.map(|v| v - 1.0), value.map(|v| v + 1.0));
        Point { label: String::new(), value, low, high, other: None }
    }

    #[test]
    fn a_gap_divides_the_line_and_its_band() {
        let points = [Some(1.0), Some(2.0), None, Some(3.0)].map(point);
        let trend = Trend::new(&points, None, |value, _| value.to_string());
        let lengths: Vec<_> = trend.this.iter().map(|run| (run.line.len(), run.band.len())).collect();
        assert_eq!(lengths, [(2, 4), (1, 2)]);
        assert!(trend.other.is_empty());
        assert_eq!(trend.this[1].line[0], [1.0, 0.75]);
    }

    #[test]
    fn marks_are_numbered_in_the_order_of_time() {
        let mark = |step, words: &str| Mark { step, words: words.to_owned() };
        let trend =
            Trend::new(&[Some(1.0), Some(2.0), Some(3.0)].map(point), Some(6.0), |v, _| v.to_string())
                .with_marks(vec![mark(2, "late"), mark(0, "early")], 3);
        assert_eq!(trend.marks, [(0.0, 1), (1.0, 2)]);
        assert_eq!(trend.mark_words, ["early", "late"]);
        assert_eq!(trend.target, Some(1.0));
    }

    #[test]
    fn labels_leave_room_and_end_at_the_last_step() {
        let points: Vec<Point> =
            (0..60).map(|place| Point { label: place.to_string(), ..point(Some(1.0)) }).collect();
        let trend = Trend::new(&points, None, |v, _| v.to_string());
        assert_eq!(trend.steps.len(), 12);
        assert_eq!(trend.steps[0], (1.0, "59".to_owned()));
    }
}
