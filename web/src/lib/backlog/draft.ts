// The draft of a hypothesis while it is being written: what is usual, what is still missing.
import { addDays } from '$lib/filters/period';
import { t } from '$lib/i18n';
import type { Hypothesis, Metric } from './backlog';

export type Draft = Omit<Hypothesis, 'smallest_effect' | 'check_on'> & {
  smallest_effect: number | null;
  check_on: string | null;
};

export type DraftErrors = Partial<Record<'change' | 'smallest_effect' | 'check_on', string>>;

const BEFORE_DAYS = 60;
const AFTER_DAYS = 60;
const SETTLE_DAYS = 14;
const SMALLEST_PCT = 20;

/** A month and a half of neither hurry nor memory: sixty days on each side, two weeks to spread. */
export function newDraft(metric: Metric | undefined, today: string): Draft {
  return {
    change: '',
    metric_code: metric?.code ?? 'count',
    metric_version: null,
    subject: null,
    control: null,
    direction: metric?.direction === 'more_is_better' ? 'up' : 'down',
    smallest_effect: metric?.unit === 'nps_points' ? 5 : SMALLEST_PCT,
    unit: metric?.unit === 'nps_points' ? 'points' : 'percent',
    settle_days: SETTLE_DAYS,
    before_days: BEFORE_DAYS,
    after_days: AFTER_DAYS,
    check_on: addDays(today, SETTLE_DAYS + AFTER_DAYS),
  };
}

/** The first day on which everything after a release of today has been measured. */
export function earliestCheck(draft: Pick<Draft, 'settle_days' | 'after_days'>, today: string): string {
  return addDays(today, (draft.settle_days ?? 0) + draft.after_days);
}

export function draftErrors(draft: Draft): DraftErrors {
  const words = t().plans.hypothesis;
  return {
    ...(draft.change.trim() === '' ? { change: words.changeEmpty } : {}),
    ...(draft.smallest_effect === null || draft.smallest_effect <= 0
      ? { smallest_effect: words.smallestEmpty }
      : {}),
    ...(draft.check_on === null ? { check_on: words.checkEmpty } : {}),
  };
}

/** What can be sent; null while something is missing. */
export function wholeHypothesis(draft: Draft): Hypothesis | null {
  const { smallest_effect, check_on } = draft;
  if (Object.keys(draftErrors(draft)).length > 0 || smallest_effect === null || check_on === null)
    return null;
  return { ...draft, change: draft.change.trim(), smallest_effect, check_on };
}
