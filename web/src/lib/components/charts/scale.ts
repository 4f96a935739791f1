// Axes: the span of values, and which labels fit.
import { scaleLinear, type ScaleLinear } from 'd3-scale';

type Valued = { value: number | null; low?: number; high?: number };

/** A value axis that holds every value, its interval and the given extra values, ended at round numbers. */
export function valueScale(
  values: Valued[],
  extra: number[],
  fromZero: boolean,
  range: [number, number],
): ScaleLinear<number, number> {
  const all = [
    ...values.flatMap(({ value, low, high }) => [value, low ?? null, high ?? null]),
    ...extra,
    ...(fromZero ? [0] : []),
  ].filter((value): value is number => value !== null && Number.isFinite(value));
  const low = all.length > 0 ? Math.min(...all) : 0;
  const high = all.length > 0 ? Math.max(...all) : 1;
  return scaleLinear(low === high ? [low - 1, high + 1] : [low, high], range).nice(5);
}

/** Every how many-th label is drawn so that none touches the next; counted from the last one, the newest. */
export function labelStep(count: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((count * labelWidth) / Math.max(1, width)));
}
