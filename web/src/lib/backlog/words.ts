// Names of what the backlog speaks in codes: states, levels, outcomes, letters of plans.
import type { Tone } from '$lib/components/feedback/tone';
import { locale, t } from '$lib/i18n';
import type { Assessed, Criticality, Outcome, Plan, PlanState, ProblemState } from './backlog';

export const problemStates: readonly ProblemState[] = [
  'new',
  'analysing',
  'solving',
  'watching',
  'solved',
  'rejected',
];

/** From the mildest to the gravest; the place in the list, from 1, is the level. */
export const criticalities: readonly Criticality[] = [
  'livable',
  'annoying',
  'costly',
  'churn_likely',
  'churn_certain',
];

export const outcomes: readonly Outcome[] = ['worked', 'partly', 'no_effect', 'worse', 'cannot_tell'];

const LETTERS = { ru: 'АБВГДЕЖЗИК', en: 'ABCDEFGHIJ' } as const;

type Mark = { tone: Tone; part: 0 | 0.25 | 0.5 | 0.75 | 1 };

const stateMarks: Record<ProblemState, Mark> = {
  new: { tone: 'plain', part: 0 },
  analysing: { tone: 'note', part: 0.25 },
  solving: { tone: 'accent', part: 0.5 },
  watching: { tone: 'warn', part: 0.75 },
  solved: { tone: 'good', part: 1 },
  rejected: { tone: 'plain', part: 1 },
};

const outcomeTones: Record<Outcome, Tone> = {
  worked: 'good',
  partly: 'warn',
  no_effect: 'plain',
  worse: 'bad',
  cannot_tell: 'note',
};

export function stateMark(state: ProblemState): Mark {
  return stateMarks[state];
}

export function outcomeTone(outcome: Outcome): Tone {
  return outcomeTones[outcome];
}

export function levelOf(criticality: Criticality | null | undefined): number | null {
  return criticality ? criticalities.indexOf(criticality) + 1 : null;
}

/** 0 → «А» or “A”; past the alphabet its number. */
export function planLetter(place: number): string {
  return LETTERS[locale()][place] ?? String(place + 1);
}

/** «План А»; a plan that was dropped has no letter. */
export function planName(place: number | null | undefined): string {
  return typeof place === 'number' ? t().plans.plan(planLetter(place)) : t().plans.droppedPlan;
}

/** The same inside a sentence: «план А». */
export function planInside(place: number | null | undefined): string {
  return typeof place === 'number' ? t().plans.planInside(planLetter(place)) : t().plans.droppedPlanInside;
}

/** Not yet released: it can be edited, moved and dropped. */
export function isOpenPlan(state: PlanState): boolean {
  return state === 'draft' || state === 'planned' || state === 'in_gate';
}

export function isClosed(state: ProblemState): boolean {
  return state === 'solved' || state === 'rejected';
}

/** The plan whose verdict was signed last: the furthest in the order. */
export function lastJudged(assessed: Assessed): (Plan & { outcome: Outcome }) | undefined {
  return assessed.solutions.findLast((plan): plan is Plan & { outcome: Outcome } => Boolean(plan.outcome));
}

export function currentPlan(assessed: Assessed): Plan | undefined {
  return assessed.solutions.find((plan) => plan.is_current);
}

/** By which metric a problem is judged: its own, else that of its current plan. */
export function metricOf(assessed: Assessed): string | null {
  return assessed.problem.metric_code ?? currentPlan(assessed)?.hypothesis?.metric_code ?? null;
}
