//! The backlog's story holds together.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::date;
use otklik_demo::{Company, EventKind, Plan, ProblemKind, ProblemState, Role, SolutionState};

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
            assert!(solution.expected.is_none() || solution.verdict.is_none(), "{code}: signed or waiting");
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

/// Dates move off weekends, so the story is told on every day of a week and around a leap day.
#[test]
fn whatever_the_day_data_are_in_before_the_check_and_plans_are_ready_before_they_are_due() {
    for today in (0..14).map(|day| TODAY + day.days()).chain([date(2028, 2, 29), date(2028, 3, 1)]) {
        let company = Company::generate(&Plan { seed: 1, items: 0, today }).unwrap();
        for (problem, solution) in
            company.problems.iter().flat_map(|p| p.solutions.iter().map(move |s| (p, s)))
        {
            let (code, plan) = (&problem.code, &solution.plan);
            let (Some(on), Some(hypothesis)) = (solution.released_on, &solution.hypothesis) else { continue };
            let measured = on + i64::from(hypothesis.settle_days + hypothesis.window_days).days();
            assert!(
                measured <= hypothesis.check_on,
                "{today}: {code} {plan} is checked before the data are in"
            );
            let is_due = hypothesis.check_on < today;
            assert_eq!(solution.expected().is_some(), is_due, "{today}: {code} {plan}");
            let next = problem
                .solutions
                .iter()
                .find(|next| next.plan > *plan && next.state != SolutionState::Planned);
            let prepared = next.and_then(|next| next.hypothesis.as_ref()).map(|next| next.fixed_on);
            let signed = solution.verdict.as_ref().map(|verdict| verdict.on);
            assert!(
                prepared.is_none_or(|next| signed.is_some_and(|on| on <= next)),
                "{today}: {code} {plan}"
            );
        }
    }
}

#[test]
fn what_is_being_built_is_the_current_plan() {
    for problem in &FULL.problems {
        let current = problem.solutions.iter().find(|plan| plan.state != SolutionState::Checked);
        let mut building = problem.solutions.iter().filter(|plan| plan.state == SolutionState::Building);
        assert!(
            building.all(|plan| current.is_some_and(|current| current.plan == plan.plan)),
            "{}",
            problem.code
        );
    }
}

/// The first page has something for whoever opens the demo.
#[test]
fn the_administrator_has_work_waiting() {
    let administrator = &FULL.people.iter().find(|person| person.role == Role::Admin).unwrap().email;
    let owned = FULL.problems.iter().filter(|problem| problem.owner == *administrator).count();
    let solutions = || FULL.problems.iter().flat_map(|problem| &problem.solutions);
    let lines = solutions().flat_map(|plan| &plan.gate).filter(|line| line.on.is_none());
    let mine = lines.filter(|line| line.by.as_ref() == Some(administrator)).count();
    let verdicts = solutions().filter(|plan| plan.expected.is_some()).count();
    assert!(owned >= 3 && mine >= 3 && verdicts >= 2, "{owned} {mine} {verdicts}");
}

#[test]
fn rejected_says_why() {
    for problem in &FULL.problems {
        let rejected = problem.state == ProblemState::Rejected;
        assert_eq!(rejected, problem.rejected_because.is_some(), "{}", problem.code);
    }
}
