// What a value is held against, as the API takes it.
import { previousDays, type Days } from '$lib/filters/period';
import type { Against } from './address';
import { onWire, yearEarlier } from './time';
import type { Compare } from './wire';

/** Null where there is nothing to compare with: all time has no period before it. */
export function toCompare(against: Against, days: Days | null): Compare | null {
  switch (against.kind) {
    case 'previous':
      return days && 'previous';
    case 'year':
      return days && { period: onWire(yearEarlier(days)) };
    case 'period':
      return against.days && { period: onWire(against.days) };
    case 'group':
      return against.filter === 'all' ? null : { filter: against.filter };
    case 'nothing':
      return null;
  }
}

/** The period to begin with when one chooses another period: the one before. */
export function firstOther(days: Days | null): Days | null {
  return days && previousDays(days);
}
