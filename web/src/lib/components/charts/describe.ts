// A value of a chart in words, for tooltips, tables and screen readers.
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import { showValue } from '../figures/measure';
import type { ChartUnit } from './types';

type Valued = { value: number | null; low?: number; high?: number; n?: number };

/** «41 ±3, n = 1 204». */
export function describe({ value, low, high, n }: Valued, { unit, digits = 0 }: ChartUnit): string {
  if (value === null) return t().common.figure.tooFew;
  const factor = unit === 'share' ? 100 : 1;
  const parts = [showValue({ value, unit, digits })];
  if (low !== undefined && high !== undefined) {
    parts[0] += ` ${fmt().interval(value * factor, low * factor, high * factor, digits)}`;
  }
  if (n !== undefined) parts.push(t().common.figure.sample(fmt().number(n)));
  return parts.join(', ');
}

/** The same as cells of a table: value, bounds, n. */
export function describeCells({ value, low, high, n }: Valued, { unit, digits = 0 }: ChartUnit): string[] {
  const show = (number: number | undefined) =>
    number === undefined ? '' : showValue({ value: number, unit, digits });
  return [
    value === null ? t().common.figure.tooFew : show(value),
    show(low),
    show(high),
    n === undefined ? '' : fmt().number(n),
  ];
}

export function valueColumns(): string[] {
  const { value, low, high, sample } = t().charts;
  return [value, low, high, sample];
}
