// Evidence: the question to the feedback, from the address of a list, and its live count.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { View } from '$lib/filters/address';
import { addDays, periodDays } from '$lib/filters/period';
import { toChips, toFilter, type Filter } from '$lib/filters/wire';
import { onWire, toQuery } from '$lib/voice/query';
import type { Evidence } from './backlog';
import { DEFAULT_WINDOW_DAYS } from './history';

export type Counted = { items: number; customers: number };

export const noEvidence: Evidence = { topics: [], filter: onWire('all'), search: null, days: null };

/** A list of items as a question: its topics, the rest of its filter, its words, as many days as its period has. */
export function evidenceOf(view: View, today: string): Evidence {
  const chips = toChips(view.filter);
  const isTopic = (chip: (typeof chips)[number]) =>
    chip.kind === 'in' && chip.dimension === 'topic' && !chip.negated;
  const topics = chips.flatMap((chip) => (isTopic(chip) && chip.kind === 'in' ? chip.values : []));
  const days = periodDays(view.period, today);
  const length = days && Math.round((Date.parse(days.to) - Date.parse(days.from)) / 86_400_000);
  return {
    topics,
    filter: onWire(toFilter(chips.filter((chip) => !isTopic(chip)))),
    search: view.words.trim() || null,
    days: length,
  };
}

export function filterOf(evidence: Evidence): Filter {
  return (evidence.filter as unknown as Filter | undefined) ?? 'all';
}

/** Nothing asked: such evidence holds no item, and not all of them. */
export function isEmpty(evidence: Evidence): boolean {
  return evidence.topics.length === 0 && filterOf(evidence) === 'all' && !evidence.search;
}

/** The items of the question as a list in Voice: any of the topics, and the rest. */
export function viewOf(evidence: Evidence, today: string): View {
  const chips = toChips(filterOf(evidence));
  const topic = { kind: 'in', dimension: 'topic', values: evidence.topics, negated: false } as const;
  const filter = toFilter(evidence.topics.length > 0 ? [topic, ...chips] : chips);
  const days = evidence.days ?? DEFAULT_WINDOW_DAYS;
  const to = addDays(today, 1);
  return { filter, words: evidence.search ?? '', period: { from: addDays(to, -days), to } };
}

export async function countEvidence(
  evidence: Evidence,
  today: string,
  signal?: AbortSignal,
): Promise<Counted> {
  const { filter, search, period } = toQuery(viewOf(evidence, today), today);
  const body = { query: { metric: 'count', filter, period }, search };
  const { overall } = dataOf(await api.POST('/api/metrics/query', { body, signal }));
  return { items: overall.value ?? 0, customers: overall.customers };
}

export type MonthOfCustomers = { key: string; value: number | null; n: number };

/** Customers by month over the last year. */
export async function loadTrend(evidence: Evidence, today: string): Promise<MonthOfCustomers[]> {
  const { filter, search } = toQuery(viewOf(evidence, today), today);
  const period = { from: `${addDays(today, -365).slice(0, 7)}-01`, to: today };
  const body = { query: { metric: 'customers', filter, period, grain: 'month' as const }, search };
  const { rows } = dataOf(await api.POST('/api/metrics/query', { body }));
  return rows.map((row) => ({ key: row.key[0] ?? '', value: row.value ?? null, n: row.n }));
}
