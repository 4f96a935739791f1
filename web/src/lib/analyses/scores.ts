// Which metrics can be taken apart: those that are a mean over single answers; and the question about one of them.
import type { View } from '$lib/filters/address';
import { periodDays, type Period } from '$lib/filters/period';
import { chosen } from '$lib/metrics/questions';
import { onWire } from '$lib/metrics/time';
import type { Definition } from '$lib/metrics/wire';
import type { Narrowed } from './wire';

const kinds: readonly string[] = ['nps', 'score_mean', 'score_share', 'score_balance'];

/** A year holds enough answers for most companies. */
export const usualPeriod: Period = { name: 'months-12' };

export function scoresOf(definitions: readonly Definition[]): Definition[] {
  return definitions.filter(({ formula }) => kinds.includes(formula.kind));
}

/** The score of the address, else the first one. */
export function scoreOf(definitions: readonly Definition[], params: URLSearchParams): Definition | null {
  const scores = scoresOf(definitions);
  return scores.find(({ code }) => code === params.get('metric')) ?? scores[0] ?? null;
}

export function narrow(metric: string, view: View, today: string): Narrowed {
  const days = periodDays(view.period, today);
  return { metric, filter: chosen(view.filter), period: days && onWire(days), words: view.words };
}
