// How far it is to a target, in words.
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import { showValue } from '$lib/components/figures/measure';
import { notationOf } from '../measures';
import type { Definition, MetricUnit } from '../wire';
import type { Progress, Target, TargetContent } from './wire';

/** «40», «85 %». */
export function valueWords(value: number, unit: MetricUnit): string {
  const { unit: shown, digits, factor } = notationOf(unit);
  return showValue({ value: value * factor, unit: shown, digits });
}

/** «Цель 40 к 31 дек. 2026 г.» */
export function targetLine({ content }: Pick<Target, 'content'>, unit: MetricUnit): string {
  return t().targets.line(valueWords(content.value, unit), fmt().day(content.due_on));
}

/** «не хватает 3,0 п. п.; при нынешнем наклоне — март 2027 г., после срока»; of no value, nothing. */
export function progressWords(target: Target, definition: Definition): string[] {
  const { progress, content } = target;
  if (!progress || progress.missing === null || progress.missing === undefined) return [];
  const words = t().targets;
  if (progress.missing <= 0) return [words.reached];
  const gap = gapWords(progress.missing, definition.unit);
  const missing = definition.direction === 'less_is_better' ? words.above(gap) : words.missing(gap);
  return [missing, outlook(progress, content, definition)];
}

function outlook({ trend }: Progress, { due_on }: TargetContent, { direction }: Definition): string {
  const words = t().targets;
  if (!trend) return words.unclear;
  if (!trend.arrives)
    return trend.per_month > 0 === (direction !== 'less_is_better') ? words.far : words.away;
  const due = trend.arrives <= due_on.slice(0, 7) ? words.inTime : words.late;
  return `${words.arrives(fmt().key('month', trend.arrives))}, ${due}`;
}

/** A distance has no sign: «3,0 п. п.», «2,1 п.» */
function gapWords(gap: number, unit: MetricUnit): string {
  const { unit: shown, digits } = notationOf(unit);
  const sign =
    shown === 'share' ? t().metrics.percentagePoints : shown === 'points' ? t().targets.points : '';
  return `${fmt().number(gap, digits)}${sign && `\u00a0${sign}`}`;
}
