// The history of a problem as sentences.
import { fmt } from '$lib/format';
import { locale, t } from '$lib/i18n';
import type {
  Criticality,
  Evidence,
  Hypothesis,
  Mark,
  Outcome,
  ProblemState,
  RecordedEvent,
} from './backlog';
import { findMetric, metricName, personName, topicName, unitName, type Company } from './company';
import { promise } from './effect';
import { planInside } from './words';

type PlanRef = { id: string; place: number | null; title: string };
type Change = { field: string; from: unknown; to: unknown };
type Line = { title_ru: string; title_en: string };

/** The details of each kind, as the API's `detail` holds them. */
type Details = {
  problem_created: { title: string };
  problem_changed: { changes: Change[] };
  criticality_set: { from: Criticality | null; to: Criticality | null; reason: string };
  evidence_changed: { from: Evidence; to: Evidence };
  item_marked: { item: number; mark: Mark | null };
  analysis_started: object;
  solution_added: { solution: PlanRef };
  solution_changed: { solution: PlanRef; changes: Change[] };
  solution_dropped: { solution: PlanRef; reason: string };
  plans_reordered: { before: PlanRef[]; after: PlanRef[] };
  hypothesis_fixed: { solution: PlanRef; hypothesis: Hypothesis };
  hypothesis_unfixed: { solution: PlanRef; reason: string };
  gate_started: { solution: PlanRef; items: number };
  gate_item_added: { solution: PlanRef } & Line;
  gate_item_assigned: { solution: PlanRef; confirmer: string | null } & Line;
  gate_item_confirmed: { solution: PlanRef; proof: string } & Line;
  gate_item_withdrawn: { solution: PlanRef; reason: string } & Line;
  solution_released: { solution: PlanRef; check_on: string };
  verdict_proposed: { solution: PlanRef; outcome: Outcome };
  verdict_signed: {
    solution: PlanRef;
    proposed: Outcome;
    signed: Outcome;
    comment: string;
    next_check_on: string | null;
  };
  plan_promoted: { from: PlanRef; to: PlanRef };
  plans_exhausted: { last: PlanRef };
  problem_rejected: { from: ProblemState; reason: string };
  problem_reopened: { from: ProblemState; to: ProblemState; reason: string };
  problem_solved: { by: PlanRef };
  problem_closed: { from: ProblemState; reason: string };
  problem_returned: { solution: PlanRef; since: string };
  alarm_dismissed: { reason: string };
  note_added: { text: string };
};

export type EventKind = keyof Details;

/** What happened, and below it what was said: a reason, a comment, the note itself. */
export type Told = { what: string; said?: string };

type Teller<Kind extends EventKind> = (detail: Details[Kind], company: Company) => Told;

const tellers: { [Kind in EventKind]: Teller<Kind> } = {
  problem_created: ({ title }) => ({ what: words().created, said: title }),
  problem_changed: ({ changes }, company) => ({ what: told(changes, company) }),
  criticality_set: ({ to, reason }) => ({
    what: to ? words().criticalitySet(t().backlog.criticality[to].name) : words().criticalityCleared,
    said: reason,
  }),
  evidence_changed: ({ to }, company) => ({
    what: words().evidenceChanged,
    said: evidencePhrase(to, company),
  }),
  item_marked: ({ item, mark }) => ({
    what: words().itemMarked[mark ?? 'none'](fmt().number(item)),
  }),
  analysis_started: () => ({ what: words().analysisStarted }),
  solution_added: ({ solution }) => ({ what: words().planAdded(named(solution)) }),
  solution_changed: ({ solution, changes }, company) => ({
    what: words().planChanged(named(solution), told(changes, company)),
  }),
  solution_dropped: ({ solution, reason }) => ({ what: words().planDropped(named(solution)), said: reason }),
  plans_reordered: ({ after }) => ({ what: words().plansReordered, said: after.map(named).join(' → ') }),
  hypothesis_fixed: ({ solution, hypothesis }, company) => ({
    what: words().hypothesisFixed(named(solution), fmt().day(hypothesis.check_on)),
    said: promise(hypothesis, findMetric(company, hypothesis.metric_code)),
  }),
  hypothesis_unfixed: ({ solution, reason }) => ({
    what: words().hypothesisUnfixed(named(solution)),
    said: reason,
  }),
  gate_started: ({ solution, items }) => ({ what: words().gateStarted(named(solution), items) }),
  gate_item_added: (detail) => ({ what: words().gateItemAdded(named(detail.solution), lineTitle(detail)) }),
  gate_item_assigned: (detail, company) => ({
    what: detail.confirmer
      ? words().gateItemAssigned(lineTitle(detail), personName(company, detail.confirmer))
      : words().gateItemOpenToAll(lineTitle(detail)),
  }),
  gate_item_confirmed: (detail) => ({
    what: words().gateItemConfirmed(named(detail.solution), lineTitle(detail)),
    said: detail.proof,
  }),
  gate_item_withdrawn: (detail) => ({
    what: words().gateItemWithdrawn(lineTitle(detail)),
    said: detail.reason,
  }),
  solution_released: ({ solution, check_on }) => ({
    what: words().released(named(solution), fmt().day(check_on)),
  }),
  verdict_proposed: ({ solution, outcome }) => ({
    what: words().verdictProposed(named(solution), t().backlog.outcomes[outcome]),
  }),
  verdict_signed: (detail) => ({ what: signed(detail), said: detail.comment }),
  plan_promoted: ({ from, to }) => ({ what: words().planPromoted(planInside(from.place), named(to)) }),
  plans_exhausted: ({ last }) => ({ what: words().plansExhausted(named(last)) }),
  problem_rejected: ({ reason }) => ({ what: words().rejected, said: reason }),
  problem_reopened: ({ to, reason }) => ({ what: words().reopened(t().backlog.states[to]), said: reason }),
  problem_solved: ({ by }) => ({ what: words().solved(named(by)) }),
  problem_closed: ({ reason }) => ({ what: words().closed, said: reason }),
  problem_returned: ({ solution, since }) => ({
    what: t().alarms.returned(named(solution), fmt().day(since)),
  }),
  alarm_dismissed: ({ reason }) => ({ what: t().alarms.wasDismissed, said: reason }),
  note_added: ({ text }) => ({ what: words().noted, said: text }),
};

/** An event of a kind that this screen does not know yet keeps its code. */
export function tell(event: RecordedEvent, company: Company): Told {
  const tell = tellers[event.kind as EventKind] as Teller<EventKind> | undefined;
  const told = tell?.(event.detail as unknown as Details[EventKind], company) ?? { what: event.kind };
  const what = told.what.charAt(0).toUpperCase() + told.what.slice(1);
  return told.said ? { what, said: told.said } : { what };
}

/** Who did it: a person, the system on its date, the operator at the terminal. */
export function actorName(event: RecordedEvent, company: Company): string {
  if (event.actor_kind === 'person') return personName(company, event.actor_id);
  return event.actor_kind === 'system' ? words().system : words().operator;
}

/** «тема «Переводы» или «Платежи», слова «завис», 90 дней». */
export function evidencePhrase(evidence: Evidence, company: Company): string {
  const parts = words().evidence;
  const topics = evidence.topics.map((topic) => t().backlog.quoted(topicName(company, topic)));
  return [
    topics.length > 0 ? parts.topics(topics.join(', '), topics.length) : '',
    evidence.filter && (evidence.filter as unknown) !== 'all' ? parts.filter : '',
    evidence.search ? parts.search(evidence.search) : '',
    parts.days(evidence.days ?? DEFAULT_WINDOW_DAYS),
  ]
    .filter(Boolean)
    .join(', ');
}

export const DEFAULT_WINDOW_DAYS = 90;

function words() {
  return t().history;
}

function named(plan: PlanRef): string {
  return `${planInside(plan.place)} ${t().backlog.quoted(plan.title)}`;
}

function lineTitle(line: Line): string {
  return t().backlog.quoted(locale() === 'ru' ? line.title_ru : line.title_en);
}

function signed(detail: Details['verdict_signed']): string {
  const { outcomes } = t().backlog;
  const plan = named(detail.solution);
  const what =
    detail.signed === detail.proposed
      ? words().signedAsProposed(plan, outcomes[detail.signed])
      : words().signedOtherwise(plan, outcomes[detail.signed], outcomes[detail.proposed]);
  return detail.next_check_on ? `${what} ${words().nextCheck(fmt().day(detail.next_check_on))}` : what;
}

/** «название: «Было» → «Стало»; владелец: Анна». */
function told(changes: Change[], company: Company): string {
  return changes.map((change) => toldChange(change, company)).join('; ');
}

function toldChange({ field, from, to }: Change, company: Company): string {
  const names: Record<string, string> = words().fields;
  const name = names[field] ?? field;
  if (LONG_FIELDS.has(field)) return words().fieldRewritten(name);
  const before = shown(field, from, company);
  const after = shown(field, to, company);
  return before === '' ? words().fieldSet(name, after) : words().fieldChanged(name, before, after);
}

const MONEY_FIELDS = new Set(['customer_value', 'claim_cost', 'money']);
/** Texts too long to repeat in a line of history. */
const LONG_FIELDS = new Set(['statement', 'description', 'hypothesis']);

function shown(field: string, value: unknown, company: Company): string {
  if (value === null || value === undefined || value === '') return '';
  if (field === 'unit_id') return unitName(company, String(value));
  if (field === 'owner_id') return personName(company, String(value));
  if (field === 'metric_code') return metricName(company, String(value));
  if (field === 'kind') return value === 'wow' ? t().backlog.kinds.wow : t().backlog.kinds.problem;
  if (typeof value !== 'number') return t().backlog.quoted(String(value));
  if (field === 'churn_share') return fmt().percent(value);
  if (MONEY_FIELDS.has(field)) return fmt().money(value);
  return fmt().number(value, Number.isInteger(value) ? 0 : 1);
}
