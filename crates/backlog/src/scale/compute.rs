//! From counts to a scale, line by line.

use otklik_stats::{Confidence, Estimate, ShareTally, interval};

use super::{Basis, Caveat, EvidenceLink, Line, MINIMUM_ANSWERS, Scale, ScaleInputs, Share, Step};

/// Computes a scale; see the module for what each figure may and may not say.
pub fn compute_scale(inputs: &ScaleInputs) -> Scale {
    let seen = inputs.seen_customers;
    let mut scale = Scale {
        window: inputs.window,
        seen,
        share: None,
        basis: None,
        base: inputs.base_customers.filter(|base| *base > 0),
        estimate: None,
        low: seen,
        high: None,
        lines: Vec::new(),
        caveats: Vec::new(),
    };
    scale.see(inputs);
    let Some(share) = scale.take_share(inputs) else { return scale };
    if scale.basis == Some(Basis::Items) {
        return scale;
    }
    if let Some(base) = scale.fitting_base(inputs) {
        match scale.basis {
            Some(Basis::Answers) => scale.estimate_base(&share, base),
            _ => scale.bound_base(&share, base),
        }
    }
    scale
}

impl Scale {
    fn line(&mut self, step: Step, links: &[EvidenceLink]) {
        self.lines.push(Line { step, links: links.to_vec() });
    }

    fn see(&mut self, inputs: &ScaleInputs) {
        let seen = Step::Seen { customers: inputs.seen_customers, items: inputs.seen_items };
        self.line(seen, &[EvidenceLink::SeenItems]);
        if inputs.seen_items == 0 {
            self.caveats.push(Caveat::NothingSeen);
        }
        if inputs.anonymous_items > 0 {
            self.line(Step::Anonymous { items: inputs.anonymous_items }, &[EvidenceLink::AnonymousItems]);
            self.caveats.push(Caveat::AnonymousNotCounted);
        }
    }

    /// The share of the answers where there are enough of them, else of the customers heard, else of the items.
    fn take_share(&mut self, inputs: &ScaleInputs) -> Option<Estimate> {
        let of = |hits, n| interval::share(&ShareTally { hits, n }, Confidence::DEFAULT);
        if inputs.answers_all >= MINIMUM_ANSWERS {
            let estimate = of(inputs.answers_with, inputs.answers_all)?;
            let share = Share::new(inputs.answers_with, &estimate);
            (self.basis, self.share) = (Some(Basis::Answers), Some(share));
            let links = [EvidenceLink::AnswersWith, EvidenceLink::AnswersAll];
            self.line(Step::ShareOfAnswers { share }, &links);
            self.caveats.push(Caveat::Unprompted);
            return Some(estimate);
        }
        if inputs.answers_all > 0 {
            self.caveats.push(Caveat::FewAnswers);
        }
        if inputs.heard_customers == 0 {
            let estimate = of(inputs.seen_items, inputs.heard_items)?;
            let share = Share::new(inputs.seen_items, &estimate);
            (self.basis, self.share) = (Some(Basis::Items), Some(share));
            self.line(Step::ShareOfItems { share }, &[EvidenceLink::SeenItems, EvidenceLink::HeardItems]);
            self.caveats.push(Caveat::SelfSelected);
            return Some(estimate);
        }
        let estimate = of(inputs.seen_customers, inputs.heard_customers)?;
        let share = Share::new(inputs.seen_customers, &estimate);
        (self.basis, self.share) = (Some(Basis::Contacts), Some(share));
        self.line(Step::ShareOfHeard { share }, &[EvidenceLink::SeenItems, EvidenceLink::HeardItems]);
        self.caveats.push(Caveat::SelfSelected);
        Some(estimate)
    }

    /// The base, where it is known and not contradicted by the customers heard.
    fn fitting_base(&mut self, inputs: &ScaleInputs) -> Option<u64> {
        let Some(base) = self.base else {
            self.caveats.push(Caveat::NoBase);
            return None;
        };
        self.line(Step::Base { customers: base, window: self.window }, &[EvidenceLink::CustomerBase]);
        if inputs.heard_customers.max(inputs.seen_customers) > base {
            self.caveats.push(Caveat::BaseTooSmall);
            return None;
        }
        Some(base)
    }

    fn estimate_base(&mut self, share: &Estimate, base: u64) {
        let estimate = interval::base_estimate(share, base);
        let (value, low, high) = (whole(estimate.value), whole(estimate.low), whole(estimate.high));
        self.line(Step::Estimate { value, low, high }, &[]);
        let raised = (value.max(self.seen), low.max(self.seen), high.max(self.seen));
        if value < self.seen {
            let (value, low, high) = raised;
            self.line(Step::RaisedToSeen { value, low, high }, &[EvidenceLink::SeenItems]);
            self.caveats.push(Caveat::RaisedToSeen);
        }
        (self.estimate, self.low, self.high) = (Some(raised.0), raised.1, Some(raised.2));
    }

    fn bound_base(&mut self, share: &Estimate, base: u64) {
        let customers = self.seen;
        let base_share = customers as f64 / base as f64;
        self.line(Step::AtLeast { customers, base_share }, &[EvidenceLink::SeenItems]);
        let high = whole(interval::base_estimate(share, base).high).max(customers);
        self.line(Step::AtMost { customers: high }, &[]);
        self.high = Some(high);
    }
}

/// A count that went through floating point: shares of a base are whole, positive and far below 2⁵³.
fn whole(value: f64) -> u64 {
    value.max(0.0) as u64
}
