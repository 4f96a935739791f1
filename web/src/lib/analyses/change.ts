// The change that the workshop looks at, in the address: a released plan, or a day with all that one must say of it.
import { addDays, isDay } from '$lib/filters/period';
import { parseFilter } from '$lib/filters/wire';
import type { Change } from './wire';

const WEEK = 7;
/** Weeks before and after that show a trend where there is one. */
const USUAL_WEEKS = 8;

export type Draft = Omit<Change, 'control'> & {
  /** Whether there is a group to compare with; it is compared once it is narrowed. */
  control: Change['control'];
};

/** Eight weeks each side, the last of them over by today. */
export function usualChange(metric: string, today: string, direction: 'up' | 'down'): Draft {
  return {
    metric,
    filter: 'all',
    control: null,
    on: addDays(today, -USUAL_WEEKS * WEEK),
    settle_days: 0,
    before_days: USUAL_WEEKS * WEEK,
    after_days: USUAL_WEEKS * WEEK,
    hypothesis: { direction, smallest: 10, unit: 'percent' },
  };
}

/** What the address says over the usual; what cannot be read is left out. */
export function readChange(params: URLSearchParams, usual: Draft): Draft {
  const days = (name: string, otherwise: number, least: number) => {
    const value = Number(params.get(name) ?? NaN);
    return Number.isInteger(value) && value >= least && value <= 730 ? value : otherwise;
  };
  const on = params.get('on') ?? '';
  const way = params.get('way');
  const size = Number(params.get('size') ?? NaN);
  const unit = params.get('unit');
  const control = params.get('control');
  return {
    metric: usual.metric,
    filter: parseFilter(params.get('filters') ?? '"all"') ?? 'all',
    control: control === null ? null : (parseFilter(control) ?? 'all'),
    on: isDay(on) ? on : usual.on,
    settle_days: days('settle', usual.settle_days ?? 0, 0),
    before_days: days('before', usual.before_days, WEEK),
    after_days: days('after', usual.after_days, WEEK),
    hypothesis: {
      direction: way === 'up' || way === 'down' ? way : usual.hypothesis.direction,
      smallest: size > 0 ? size : usual.hypothesis.smallest,
      unit: unit === 'points' || unit === 'percent' ? unit : usual.hypothesis.unit,
    },
  };
}

/** What differs from the usual, as parameters of the address. */
export function writeChange(next: Partial<Draft>): Record<string, string | null> {
  const params: Record<string, string | null> = {};
  if (next.metric !== undefined) params.metric = next.metric;
  if (next.filter !== undefined) params.filters = next.filter === 'all' ? null : JSON.stringify(next.filter);
  if (next.control !== undefined)
    params.control = next.control === null ? null : JSON.stringify(next.control);
  if (next.on !== undefined) params.on = next.on;
  if (next.settle_days !== undefined) params.settle = String(next.settle_days);
  if (next.before_days !== undefined) params.before = String(next.before_days);
  if (next.after_days !== undefined) params.after = String(next.after_days);
  if (next.hypothesis !== undefined) {
    params.way = next.hypothesis.direction;
    params.size = String(next.hypothesis.smallest);
    params.unit = next.hypothesis.unit;
  }
  return params;
}
