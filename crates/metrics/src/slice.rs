//! Which part of the customer base a filter and a group's key speak of.

use otklik_facts::{Dimension, Filter};

/// The dimensions that divide customers, in the order of a [`Slice`].
const DIVIDING: [Dimension; 4] = [Dimension::Unit, Dimension::Product, Dimension::Segment, Dimension::Region];

/// Of these a customer has one at a time, so that several values add up.
const DISJOINT: [Dimension; 2] = [Dimension::Segment, Dimension::Region];

/// Unit, product, segment and region of a row of the customer base; `None` is «all together».
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slice(pub(crate) [Option<String>; 4]);

impl Slice {
    /// The dimensions that it names, with their values.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&'static Dimension, &String)> {
        static DIVIDED: [Dimension; 4] = DIVIDING;
        DIVIDED.iter().zip(&self.0).filter_map(|(dimension, value)| Some((dimension, value.as_ref()?)))
    }
}

/// The slices that a condition picks out of the customer base.
///
/// Conditions on unit, product, segment and region choose the denominator. Conditions on what a contact was about
/// (topic, channel, touchpoint, source, scores, …) leave it alone: contacts on a topic are divided by all active
/// customers. A condition that cannot be turned into rows of the customer base, such as «not this segment» or one on
/// an attribute of the company, leaves no denominator at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slices {
    /// For each dividing dimension the values allowed, or all together.
    allowed: [Option<Vec<String>>; 4],
    possible: bool,
    /// Some contacts and not others are spoken of, by what they were about.
    about: bool,
}

impl Slices {
    pub(crate) fn of(filter: &Filter) -> Self {
        let mut slices = Self { allowed: [const { None }; 4], possible: true, about: false };
        slices.narrow(filter);
        slices
    }

    /// The same within one group of an answer: its value of each dimension.
    pub(crate) fn within(&self, dimensions: &[Dimension], key: &[Option<String>]) -> Self {
        let mut slices = self.clone();
        for (dimension, value) in dimensions.iter().zip(key) {
            match (place(dimension), value) {
                (Some(at), Some(value)) => slices.allow(at, std::slice::from_ref(value)),
                (Some(_), None) => slices.possible = false,
                (None, _) => {
                    slices.possible &= !matches!(dimension, Dimension::Attribute(_));
                    slices.about |= !dimension.is_time();
                }
            }
        }
        slices
    }

    /// Whether they hold whoever could have answered: invitations on a topic there are none.
    pub(crate) fn is_about_people(&self) -> bool {
        !self.about
    }

    /// Every slice; `None` when the customer base has no such slices.
    pub(crate) fn each(&self) -> Option<Vec<Slice>> {
        let mut slices = vec![Slice::default()];
        for (at, values) in self.allowed.iter().enumerate() {
            let Some(values) = values else { continue };
            if values.is_empty() || (values.len() > 1 && !DISJOINT.contains(&DIVIDING[at])) {
                return None;
            }
            let with = |slice: &Slice, value: &String| {
                let mut slice = slice.clone();
                slice.0[at] = Some(value.clone());
                slice
            };
            slices =
                slices.iter().flat_map(|slice| values.iter().map(move |value| with(slice, value))).collect();
        }
        self.possible.then_some(slices)
    }

    fn narrow(&mut self, filter: &Filter) {
        match filter {
            Filter::And(filters) => filters.iter().for_each(|filter| self.narrow(filter)),
            Filter::In { dimension, values } if place(dimension).is_some() => {
                place(dimension).into_iter().for_each(|at| self.allow(at, values));
            }
            Filter::All => {}
            other => {
                self.possible &= !divides(other);
                self.about = true;
            }
        }
    }

    fn allow(&mut self, at: usize, values: &[String]) {
        let mut values = values.to_vec();
        values.sort();
        values.dedup();
        if let Some(before) = &self.allowed[at] {
            values.retain(|value| before.contains(value));
        }
        self.allowed[at] = Some(values);
    }
}

fn place(dimension: &Dimension) -> Option<usize> {
    DIVIDING.iter().position(|dividing| dividing == dimension)
}

/// Whether a condition chooses among customers rather than among their contacts.
fn divides(filter: &Filter) -> bool {
    match filter {
        Filter::And(filters) | Filter::Or(filters) => filters.iter().any(divides),
        Filter::Not(filter) => divides(filter),
        Filter::In { dimension, .. } | Filter::Missing { dimension } => {
            place(dimension).is_some() || matches!(dimension, Dimension::Attribute(_))
        }
        Filter::All | Filter::Range { .. } | Filter::Answered(_) | Filter::Anonymous | Filter::Items(_) => {
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any(dimension: Dimension, values: &[&str]) -> Filter {
        Filter::any_of(dimension, values.iter().copied())
    }

    fn count(filter: Filter) -> Option<usize> {
        Slices::of(&filter).each().map(|slices| slices.len())
    }

    #[test]
    fn conditions_on_contacts_leave_the_base_whole() {
        let about = any(Dimension::Topic, &["cards"]).and(any(Dimension::Channel, &["call"]).negate());
        assert_eq!(Slices::of(&about).each(), Some(vec![Slice::default()]));
    }

    #[test]
    fn disjoint_values_add_up_and_overlapping_ones_do_not() {
        let two = ["a", "b"];
        assert_eq!(count(any(Dimension::Segment, &two).and(any(Dimension::Region, &two))), Some(4));
        assert_eq!(count(any(Dimension::Product, &["a", "a"])), Some(1));
        assert_eq!(count(any(Dimension::Product, &two)), None);
        assert_eq!(count(any(Dimension::Segment, &two).and(any(Dimension::Segment, &["b", "c"]))), Some(1));
        assert_eq!(count(any(Dimension::Segment, &["a"]).and(any(Dimension::Segment, &["b"]))), None);
    }

    #[test]
    fn what_has_no_row_has_no_denominator() {
        assert_eq!(count(any(Dimension::Segment, &["a"]).negate()), None);
        assert_eq!(
            count(Filter::Or(vec![any(Dimension::Unit, &["a"]), any(Dimension::Topic, &["t"])])),
            None
        );
        assert_eq!(count(Filter::Missing { dimension: Dimension::Product }), None);
        assert_eq!(count(any(Dimension::Attribute("plan".into()), &["gold"])), None);
    }

    #[test]
    fn a_groups_key_narrows_the_slice() {
        let all = Slices::of(&any(Dimension::Segment, &["a", "b"]));
        let dimensions = [Dimension::Segment, Dimension::Channel];
        let key = |segment: Option<&str>| [segment.map(str::to_owned), Some("call".to_owned())];
        assert_eq!(all.within(&dimensions, &key(Some("a"))).each().map(|slices| slices.len()), Some(1));
        assert_eq!(all.within(&dimensions, &key(None)).each(), None);
    }
}
