// A value as every screen shows it: with its unit, n and interval.
import { fmt } from '$lib/format';

export type Unit = 'count' | 'share' | 'points' | 'score';

export type Measure = {
  /** Null when the data are too few to say anything. */
  value: number | null;
  low?: number;
  high?: number;
  n?: number;
  /** The n from which on the value would be shown. */
  needed?: number;
  unit?: Unit;
  /** Digits after the point, of per cent where the unit is a share. */
  digits?: number;
};

/** The value alone: «1 204», «12,3 %», «−14», «4,21». */
export function showValue(measure: Pick<Measure, 'value' | 'unit' | 'digits'>): string {
  const { value, unit = 'count', digits = 0 } = measure;
  return unit === 'share' ? fmt().percent(value, digits) : fmt().number(value, digits);
}
