// What the page of today is made of: what waits, what changed in four weeks, the latest voices.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import { queryProblems, type Assessed } from '$lib/backlog/backlog';
import { everything, toProblemQuery } from '$lib/backlog/query';
import { addDays, type Days } from '$lib/filters/period';
import type { View } from '$lib/filters/address';
import { ask, askEach, breakdownQuery, mainMetrics, wholeQuery } from '$lib/metrics/questions';
import type { Answer, Row } from '$lib/metrics/wire';
import { queryFeedback, type FeedbackPage } from '$lib/voice/feedback';

export type Today = components['schemas']['TodayOut'];
export type Overview = {
  today: Today;
  own: Assessed[];
  /** Main metrics of the last four weeks against the four before. */
  metrics: Answer[];
  topics: Answer;
  voices: FeedbackPage;
  /** Whether there is any problem at all. */
  hasProblems: boolean;
};

const WEEKS = 4;
const VOICES = 5;

/** The last four weeks, today included. */
export function recentDays(today: string): Days {
  return { from: addDays(today, 1 - WEEKS * 7), to: addDays(today, 1) };
}

export function recentView(today: string): View {
  return { filter: 'all', period: recentDays(today), words: '' };
}

export async function loadOverview(person: string, signal: AbortSignal): Promise<Overview> {
  const today = dataOf(await api.GET('/api/today', { signal }));
  const view = recentView(today.today);
  const questions = mainMetrics.map((code) => wholeQuery(code, view, { kind: 'previous' }, today.today));
  const customers = wholeQuery('customers', view, { kind: 'previous' }, today.today);
  const [problems, metrics, topics, voices] = await Promise.all([
    queryProblems(toProblemQuery(everything), signal),
    askEach(questions, signal),
    ask(breakdownQuery(customers, 'topic'), signal),
    queryFeedback({}, { limit: VOICES, offset: 0 }, signal),
  ]);
  return {
    today,
    own: problems.filter(({ problem }) => problem.owner_id === person && isOpen(problem)),
    metrics: metrics.filter(({ overall }) => overall.refusal !== 'no_data'),
    topics,
    voices,
    hasProblems: problems.length > 0,
  };
}

/** Topics whose change is real, those that changed most first. */
export function realChanges(topics: Answer): Row[] {
  return topics.rows
    .filter((row) => row.key[0] !== null && row.comparison?.verdict === 'real')
    .toSorted((a, b) => size(b) - size(a));
}

/** By the hour of the company's clock. */
export function partOfDay(hour: number): 'morning' | 'day' | 'evening' {
  if (hour < 5 || hour >= 18) return 'evening';
  return hour < 12 ? 'morning' : 'day';
}

function size(row: Row): number {
  return Math.abs(row.comparison?.difference ?? 0);
}

function isOpen({ state }: Assessed['problem']): boolean {
  return state !== 'solved' && state !== 'rejected';
}
