// Steps of time: which one suits a period, and the days of one step.
import { addDays, type Days } from '$lib/filters/period';
import type { Grain } from '$lib/format/dates';
import { grains } from './address';
import type { DatePeriod, Window } from './wire';

/** Points that a trend needs to show something, and can show at once. */
const MOST_POINTS = 400;

/** About thirteen weeks and more are read by weeks, a year and more by months. */
export function usualGrain(days: Days | null): Grain {
  if (days === null) return 'month';
  const length = lengthOf(days);
  if (length <= 31) return 'day';
  return length <= 190 ? 'week' : 'month';
}

/** A grain that draws a readable line over the period: the one asked for, else a coarser one. */
export function fittingGrain(asked: Grain | null, days: Days | null): Grain {
  const grain = asked ?? usualGrain(days);
  if (days === null || lengthOf(days) <= MOST_POINTS) return grain;
  return grain === 'day' ? 'week' : grain;
}

export function isGrain(dimension: string): dimension is Grain {
  return (grains as readonly string[]).includes(dimension);
}

/** The days of a key: «2026-11» → 2026-11-01 up to, and without, 2026-12-01. */
export function daysOf(grain: Grain, key: string): Days {
  switch (grain) {
    case 'day':
      return { from: key, to: addDays(key, 1) };
    case 'week':
      return { from: key, to: addDays(key, 7) };
    case 'month':
      return months(key, 1);
    case 'quarter': {
      const quarter = Number(key.slice(-1));
      return months(`${key.slice(0, 4)}-${String(quarter * 3 - 2).padStart(2, '0')}`, 3);
    }
    case 'year':
      return months(`${key}-01`, 12);
  }
}

/** The days of a rolling window that ends where a step ends. */
export function windowDays(window: Window, step: Days): Days {
  const from = 'days' in window ? addDays(step.to, -window.days) : monthsEarlier(step.to, window.months);
  return { from, to: step.to };
}

/** The days that both periods have. */
export function within(days: Days, bounds: Days | null): Days {
  if (bounds === null) return days;
  return {
    from: days.from > bounds.from ? days.from : bounds.from,
    to: days.to < bounds.to ? days.to : bounds.to,
  };
}

/** The same days a year earlier. */
export function yearEarlier(days: Days): Days {
  return { from: shiftYear(days.from), to: shiftYear(days.to) };
}

/** Half open, as the screen counts → both days included, as the API does. */
export function onWire(days: Days): DatePeriod {
  return { from: days.from, to: addDays(days.to, -1) };
}

/** Both days included → half open. */
export function offWire(period: DatePeriod): Days {
  return { from: period.from, to: addDays(period.to, 1) };
}

function lengthOf(days: Days): number {
  return Math.round((Date.parse(days.to) - Date.parse(days.from)) / 86_400_000);
}

/** The same day so many months earlier; the last day of a month that is too short for it. */
function monthsEarlier(date: string, count: number): string {
  const first = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 - count, 1);
  const month = new Date(first).toISOString().slice(0, 7);
  const last = Number(addDays(months(month, 1).to, -1).slice(8));
  return `${month}-${String(Math.min(Number(date.slice(8)), last)).padStart(2, '0')}`;
}

function months(first: string, count: number): Days {
  const year = Number(first.slice(0, 4));
  const month = Number(first.slice(5, 7)) - 1;
  return {
    from: `${first}-01`,
    to: new Date(Date.UTC(year, month + count, 1)).toISOString().slice(0, 10),
  };
}

/** 29 February becomes 28 February. */
function shiftYear(day: string): string {
  const shifted = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return shifted.endsWith('-02-29') ? `${shifted.slice(0, 5)}02-28` : shifted;
}
