// What the page of metrics shows, in its address: metric, grain, breakdown, comparison, the open sheet.
import { isDay, type Days } from '$lib/filters/period';
import { parseFilter, type Dimension, type Filter } from '$lib/filters/wire';
import type { Grain } from '$lib/format/dates';

/** A group of items: the value of each dimension, null where the items have none. Empty is all of them. */
export type GroupKey = [dimension: Dimension, value: string | null][];

export type Against =
  | { kind: 'previous' }
  | { kind: 'year' }
  | { kind: 'period'; days: Days | null }
  | { kind: 'group'; filter: Filter }
  | { kind: 'nothing' };

export type MetricView = {
  metric: string | null;
  /** Null: what suits the period. */
  grain: Grain | null;
  by: Dimension | null;
  and: Dimension | null;
  against: Against;
  /** Whether answers are weighed to the customer base. */
  weighed: boolean;
  /** The number whose sheet is open. */
  sheet: GroupKey | null;
};

export const grains: readonly Grain[] = ['day', 'week', 'month', 'quarter', 'year'];
/** What a metric is broken down by until somebody chooses; «none» in the address is a choice too. */
const USUAL_BREAKDOWN: Dimension = 'segment';
const NO_BREAKDOWN = 'none';
const kinds = ['year', 'period', 'group', 'nothing'] as const;

export function readMetricView(params: URLSearchParams): MetricView {
  const grain = params.get('grain') as Grain | null;
  const by = readBreakdown(params.get('by'));
  return {
    metric: params.get('metric') || null,
    grain: grain !== null && grains.includes(grain) ? grain : null,
    by,
    and: by === null ? null : params.get('and') || null,
    against: readAgainst(params),
    weighed: params.get('weigh') === 'base',
    sheet: readKey(params.get('sheet')),
  };
}

/** The query string with these changes; other parameters stay, defaults are left out. */
export function writeMetricView(params: URLSearchParams, view: Partial<MetricView>): URLSearchParams {
  const next = new URLSearchParams(params);
  if (view.metric !== undefined) put(next, 'metric', view.metric);
  if (view.grain !== undefined) put(next, 'grain', view.grain);
  if (view.by !== undefined) put(next, 'by', view.by === USUAL_BREAKDOWN ? null : (view.by ?? NO_BREAKDOWN));
  if (view.and !== undefined || view.by === null) put(next, 'and', view.and ?? null);
  if (view.against !== undefined) writeAgainst(next, view.against);
  if (view.weighed !== undefined) put(next, 'weigh', view.weighed ? 'base' : null);
  if (view.sheet !== undefined) put(next, 'sheet', view.sheet && JSON.stringify(view.sheet));
  return next;
}

function readBreakdown(by: string | null): Dimension | null {
  if (by === NO_BREAKDOWN) return null;
  return by || USUAL_BREAKDOWN;
}

function readAgainst(params: URLSearchParams): Against {
  const kind = kinds.find((one) => one === params.get('against'));
  const from = params.get('against-from') ?? '';
  const to = params.get('against-to') ?? '';
  switch (kind) {
    case 'year':
    case 'nothing':
      return { kind };
    case 'period':
      return { kind, days: isDay(from) && isDay(to) && from < to ? { from, to } : null };
    case 'group':
      return { kind, filter: parseFilter(params.get('against-filter') ?? '"all"') ?? 'all' };
    case undefined:
      return { kind: 'previous' };
  }
}

function writeAgainst(params: URLSearchParams, against: Against): void {
  const days = against.kind === 'period' ? against.days : null;
  const filter = against.kind === 'group' && against.filter !== 'all' ? against.filter : null;
  put(params, 'against', against.kind === 'previous' ? null : against.kind);
  put(params, 'against-from', days && days.from);
  put(params, 'against-to', days && days.to);
  put(params, 'against-filter', filter && JSON.stringify(filter));
}

function readKey(text: string | null): GroupKey | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isPart) ? value : null;
  } catch {
    return null;
  }
}

function isPart(part: unknown): part is GroupKey[number] {
  if (!Array.isArray(part) || part.length !== 2) return false;
  const [dimension, value] = part as unknown[];
  return typeof dimension === 'string' && (value === null || typeof value === 'string');
}

function put(params: URLSearchParams, key: string, value: string | null): void {
  if (value === null || value === '') params.delete(key);
  else params.set(key, value);
}
