// Rows of an answer as the figures and charts of the screen take them.
import type { Measure, Unit } from '$lib/components/figures/measure';
import type { MetricUnit, OtherValue, Preference, Row } from './wire';

/** How a metric's values are written. The API gives percentages from 0 to 100, the screen formats shares of one. */
export type Notation = { unit: Unit; digits: number; factor: number };

/** From this many answers on a group is shown in full ink; smaller ones are greyed. */
export const SMALL_SAMPLE = 30;
/** Answers below which the server shows no mean, share or NPS. */
export const FEWEST_ANSWERS = 5;

const notations: Record<MetricUnit, Notation> = {
  items: { unit: 'count', digits: 0, factor: 1 },
  customers: { unit: 'count', digits: 0, factor: 1 },
  nps_points: { unit: 'points', digits: 1, factor: 1 },
  score_points: { unit: 'score', digits: 2, factor: 1 },
  index_points: { unit: 'points', digits: 1, factor: 1 },
  number: { unit: 'score', digits: 2, factor: 1 },
  percent: { unit: 'share', digits: 1, factor: 0.01 },
  rate: { unit: 'count', digits: 2, factor: 1 },
};

export function notationOf(unit: MetricUnit): Notation {
  return notations[unit];
}

/** A value without interval has none: totals are counted, not estimated. */
export function toMeasure(row: Row | OtherValue, unit: MetricUnit): Measure {
  const { factor, digits, unit: shown } = notationOf(unit);
  return {
    value: scaled(row.value, factor) ?? null,
    low: scaled(row.low, factor),
    high: scaled(row.high, factor),
    n: isTotal(unit) ? undefined : row.n,
    needed: FEWEST_ANSWERS,
    unit: shown,
    digits,
  };
}

/** A total is its own n. */
export function isTotal(unit: MetricUnit): boolean {
  return unit === 'items' || unit === 'customers';
}

/** Digits and sign of a difference: in percentage points where values are percentages. */
export function differenceDigits(unit: MetricUnit): number {
  return notationOf(unit).digits;
}

export function isSmall(row: Row, unit: MetricUnit): boolean {
  return row.value === null || row.value === undefined || (!isTotal(unit) && row.n < SMALL_SAMPLE);
}

/** Which way is good; where neither is, more is only more. */
export function betterOf(direction: Preference): 'up' | 'down' | null {
  if (direction === 'neutral') return null;
  return direction === 'more_is_better' ? 'up' : 'down';
}

function scaled(value: number | null | undefined, factor: number): number | undefined {
  return value === null || value === undefined ? undefined : value * factor;
}
