//! The backlog's story holds together.

use std::collections::BTreeSet;

use otklik_demo::{EventKind, ProblemKind, ProblemState, SolutionState};

use crate::{FULL, TODAY};

#[test]
fn the_funnel_is_full() {
    let states: BTreeSet<_> = FULL.problems.iter().map(|problem| problem.state).collect();
    let all = [
        ProblemState::New,
        ProblemState::Analysing,
        ProblemState::Solving,
        ProblemState::Watching,
        ProblemState::Solved,
        ProblemState::Rejected,
    ];
    assert_eq!(states, BTreeSet::from(all));
    assert!(FULL.problems.len() >= 24);
    assert_eq!(FULL.problems.iter().filter(|problem| problem.kind == ProblemKind::Wow).count(), 2);
}

#[test]
fn everybody_and_everything_named_exists() {
    let people: BTreeSet<_> = FULL.people.iter().map(|person| person.email.as_str()).collect();
    let topics: BTreeSet<_> = FULL.topics.iter().map(|topic| topic.code.as_str()).collect();
    let units: BTreeSet<_> = FULL.units.iter().map(|unit| unit.code.as_str()).collect();
    let gate: BTreeSet<_> = FULL
        .gate_templates
        .iter()
        .flat_map(|template| &template.items)
        .map(|item| item.code.as_str())
        .collect();
    for problem in &FULL.problems {
        assert!(
            people.contains(problem.owner.as_str()) && units.contains(problem.unit.as_str()),
            "{}",
            problem.code
        );
        assert!(problem.topics.iter().all(|topic| topics.contains(topic.as_str())), "{}", problem.code);
        assert!((1..=5).contains(&problem.criticality));
        assert!(problem.events.iter().all(|event| people.contains(event.by.as_str())), "{}", problem.code);
        for solution in &problem.solutions {
            let confirmed = solution.gate.iter().filter_map(|item| item.by.as_deref());
            assert!(
                confirmed.chain([solution.owner.as_str()]).all(|by| people.contains(by)),
                "{}",
                problem.code
            );
            assert!(solution.gate.iter().all(|item| gate.contains(item.item.as_str())), "{}", problem.code);
        }
    }
}

#[test]
fn things_happen_in_order() {
    for problem in &FULL.problems {
        let code = &problem.code;
        assert!(problem.events.is_sorted_by_key(|event| event.on), "{code}");
        assert_eq!(problem.events.first().map(|event| event.kind), Some(EventKind::Created), "{code}");
        assert!(problem.events.iter().all(|event| event.on < TODAY), "{code}");
        for solution in &problem.solutions {
            let released = matches!(solution.state, SolutionState::Released | SolutionState::Checked);
            assert_eq!(released, solution.released_on.is_some(), "{code}");
            assert_eq!(solution.state == SolutionState::Checked, solution.verdict.is_some(), "{code}");
            let Some(on) = solution.released_on else { continue };
            let hypothesis = solution.hypothesis.as_ref().unwrap();
            assert!(hypothesis.fixed_on < on && on < hypothesis.check_on, "{code}: fixed before release");
            assert!(
                solution.gate.iter().all(|item| item.on.is_some_and(|day| day <= on)),
                "{code}: gate before release"
            );
            assert!(
                solution.verdict.as_ref().is_none_or(|verdict| verdict.on >= hypothesis.check_on),
                "{code}"
            );
        }
    }
}

#[test]
fn rejected_says_why() {
    for problem in &FULL.problems {
        let rejected = problem.state == ProblemState::Rejected;
        assert_eq!(rejected, problem.rejected_because.is_some(), "{}", problem.code);
    }
}
