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

/** The ends of a logarithmic axis: 1, 2 or 5 times a power of ten, at least a tenfold apart. */
export function logDomain(low: number, high: number): [number, number] {
  const first = stepBelow(low);
  return [first, Math.max(stepAbove(high), first * 10)];
}

/** Every how many-th label is drawn so that none touches the next; counted from the last one, the newest. */
export function labelStep(count: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((count * labelWidth) / Math.max(1, width)));
}

const STEPS = [1, 2, 5, 10];

function stepBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (STEPS.findLast((step) => step * power <= value) ?? 1) * power;
}

function stepAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return (STEPS.find((step) => step * power >= value) ?? 10) * power;
}
