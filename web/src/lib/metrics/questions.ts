// The questions of the page: main metrics, trend, breakdown.
import type { View } from '$lib/filters/address';
import { periodDays } from '$lib/filters/period';
import { toChips, toFilter, type Filter } from '$lib/filters/wire';
import type { Grain } from '$lib/format/dates';
import type { MetricView } from './address';
import { toCompare } from './compare';
import { onWire } from './time';
import { queryMetric, queryMetrics, type Answer, type Query } from './wire';

export type Asked = { query: Query; words: string };

/** Metrics with a card of their own, in the order in which one reads them. */
export const mainMetrics: readonly string[] = [
  'nps',
  'csat',
  'ces',
  'complaint_share',
  'claim_rate',
  'contact_rate',
  'customers',
  'count',
];

/** Groups shown at most: more than one reads, few enough to answer at once. */
export const MOST_GROUPS = 100;
const MOST_CELLS = 600;

/** The question about all items of the view together. */
export function wholeQuery(
  metric: string,
  view: View,
  against: MetricView['against'],
  today: string,
  weighed = false,
): Asked {
  const days = periodDays(view.period, today);
  const query: Query = {
    metric,
    filter: chosen(view.filter),
    period: days && onWire(days),
    compare: toCompare(against, days),
    ...(weighed ? { weighting: 'customer_base' as const } : {}),
  };
  return { query, words: view.words };
}

export function trendQuery(whole: Asked, grain: Grain): Asked {
  return { ...whole, query: { ...whole.query, grain } };
}

export function breakdownQuery(whole: Asked, by: string): Asked {
  const query: Query = { ...whole.query, dimensions: [by], top: MOST_GROUPS, order: 'customers_desc' };
  return { ...whole, query };
}

/** Two dimensions against each other; a table of differences would be too much to read. */
export function heatQuery(whole: Asked, by: string, and: string): Asked {
  const query: Query = { ...whole.query, dimensions: [by, and], top: MOST_CELLS, compare: null };
  return { ...whole, query };
}

export function ask({ query, words }: Asked, signal: AbortSignal): Promise<Answer> {
  return queryMetric(query, words, signal);
}

/** The same question about several metrics. */
export async function askEach(questions: readonly Asked[], signal: AbortSignal): Promise<Answer[]> {
  const answers = await queryMetrics(questions, signal);
  return answers.map(({ answer, problem }) => {
    if (problem) throw problem;
    return answer;
  });
}

/** A condition that is still being chosen narrows nothing. */
export function chosen(filter: Filter): Filter {
  return toFilter(toChips(filter).filter((chip) => chip.kind !== 'in' || chip.values.length > 0));
}
