// Filters, period and search words in the query string, so that every view has an address to send.
import { isDay, namedPeriods, type NamedPeriod, type Period } from './period';
import { parseFilter, type Filter } from './wire';

export type View = { filter: Filter; period: Period; words: string };

/** What the address says; what cannot be read is left out. */
export function readView(params: URLSearchParams, usual: Period = null): View {
  return {
    filter: parseFilter(params.get('filters') ?? '"all"') ?? 'all',
    period: readPeriod(params, usual),
    words: params.get('q') ?? '',
  };
}

/** The query string with this view; other parameters stay, defaults are left out. */
export function writeView(
  params: URLSearchParams,
  view: Partial<View>,
  usual: Period = null,
): URLSearchParams {
  const next = new URLSearchParams(params);
  if (view.filter !== undefined)
    put(next, 'filters', view.filter === 'all' ? '' : JSON.stringify(view.filter));
  if (view.words !== undefined) put(next, 'q', view.words.trim());
  if (view.period !== undefined) writePeriod(next, view.period, usual);
  return next;
}

function readPeriod(params: URLSearchParams, usual: Period): Period {
  const name = params.get('period');
  if (name === 'any') return null;
  if (namedPeriods.includes(name as NamedPeriod)) return { name: name as NamedPeriod };
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  if (isDay(from) && isDay(to) && from < to) return { from, to };
  return usual;
}

function writePeriod(params: URLSearchParams, period: Period, usual: Period): void {
  const isUsual = JSON.stringify(period) === JSON.stringify(usual);
  const named = period === null ? 'any' : 'name' in period ? period.name : '';
  const own = period !== null && 'from' in period ? period : null;
  put(params, 'period', isUsual ? '' : named);
  put(params, 'from', isUsual ? '' : (own?.from ?? ''));
  put(params, 'to', isUsual ? '' : (own?.to ?? ''));
}

function put(params: URLSearchParams, key: string, value: string): void {
  if (value === '') params.delete(key);
  else params.set(key, value);
}
