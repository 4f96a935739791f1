// A hypothesis and the measured effect in words.
import { addDays } from '$lib/filters/period';
import { fmt } from '$lib/format';
import { locale, t } from '$lib/i18n';
import type { EffectMeasure, Hypothesis, Metric } from './backlog';

type Arm = EffectMeasure['arms'][number];
type Week = Arm['weeks'][number];

/** Digits of a value of a metric: enough for its interval to be seen. */
export function metricDigits(metric: Metric | undefined): number {
  switch (metric?.unit) {
    case 'score_points':
    case 'number':
    case 'rate':
      return 2;
    case 'percent':
    case 'nps_points':
    case 'index_points':
      return 1;
    default:
      return 0;
  }
}

/** «ClaimRate снизится не меньше чем на 20 %». */
export function promise(hypothesis: Hypothesis, metric: Metric | undefined): string {
  const words = t().plans.promise;
  const name = metric?.name[locale()] ?? hypothesis.metric_code;
  const amount = effectAmount(hypothesis.smallest_effect, hypothesis.unit, metric);
  return hypothesis.direction === 'up' ? words.up(name, amount) : words.down(name, amount);
}

/** «20 %», or «3 п.» in the unit of the metric. */
export function effectAmount(value: number, unit: 'points' | 'percent', metric: Metric | undefined): string {
  const digits = Number.isInteger(value) ? 0 : Math.max(1, metricDigits(metric));
  if (unit === 'percent') return fmt().percent(value / 100, digits);
  return `${fmt().number(value, digits)}\u00a0${pointsOf(metric)}`;
}

/** The measured effect with its sign and interval: «−19,0 п. (−57,2…30,2)»; null where there is none. */
export function effectFigure(measure: EffectMeasure, metric: Metric | undefined): string | null {
  const { effect, unit } = measure.result;
  if (!effect) return null;
  const digits = unit === 'percent' ? 0 : Math.max(1, metricDigits(metric));
  const mark = unit === 'percent' ? percentMark() : `\u00a0${pointsOf(metric)}`;
  const interval = `${fmt().signed(effect.low, digits)}…${fmt().signed(effect.high, digits)}`;
  return `${fmt().signed(effect.value, digits)}${mark} (${interval})`;
}

/** The value of a group in a period, in the unit of its metric; small rates keep the digits that tell them apart. */
export function armValue(arm: Arm, metric: Metric | undefined): string {
  if (typeof arm.value !== 'number') return t().common.figure.tooFew;
  const digits = armDigits(arm.value, metric);
  const interval =
    typeof arm.low === 'number' && typeof arm.high === 'number'
      ? ` (${fmt().range(arm.low, arm.high, digits)})`
      : '';
  return `${fmt().number(arm.value, digits)}${metric?.unit === 'percent' ? percentMark() : ''}${interval}`;
}

export function armDigits(value: number, metric: Metric | undefined): number {
  const usual = metricDigits(metric);
  return value !== 0 && Math.abs(value) < 0.1 ? Math.max(usual, 3) : usual;
}

/** What the outcome rests on, sentence by sentence: how it was measured, what came out, what stands in the way. */
export function effectSentences(measure: EffectMeasure, metric: Metric | undefined): string[] {
  const { result, hypothesis } = measure;
  const words = t().verdicts;
  const figure = effectFigure(measure, metric);
  const wanted = effectAmount(hypothesis.smallest, hypothesis.unit, metric);
  const { obstacle, more_needed: more } = result;
  return [
    words.methods[result.method],
    ...(measure.reason ? [words.reasons[measure.reason]] : []),
    ...(result.looks === 'any' ? [words.looksAny] : []),
    figure === null ? words.noEffectFigure : words.effect(figure),
    hypothesis.direction === 'up' ? words.wantedUp(wanted) : words.wantedDown(wanted),
    ...(obstacle ? [words.obstacles[obstacle]] : [words.because[result.outcome]]),
    ...(more ? [moreSentence(more.answers, more.weeks ?? null)] : []),
    ...(measure.enough_on ? [words.enoughOn(fmt().day(measure.enough_on))] : []),
    ...result.caveats.map((caveat) => words.caveats[caveat]),
  ].map(endOnce);
}

function moreSentence(answers: number, weeks: number | null): string {
  const words = t().verdicts;
  return weeks === null ? words.more(answers) : words.moreWeeks(answers, weeks);
}

function pointsOf(metric: Metric | undefined): string {
  return metric?.unit === 'percent' ? t().plans.percentPoints : t().plans.points;
}

/** The sign of per cent as it stands after a number. */
export function percentMark(): string {
  return locale() === 'ru' ? '\u00a0%' : '%';
}

/** «8 п. п.» at the end of a sentence brings the full stop with it. */
function endOnce(sentence: string): string {
  return sentence.replace(/\.\.$/, '.');
}

/** The weeks with an empty one wherever days between two of them were not measured: no line leads over those. */
export function withGaps(weeks: readonly Week[]): Week[] {
  return weeks.flatMap((week, place) => {
    const before = weeks[place - 1];
    if (!before) return [week];
    const [from, to] = [addDays(before.period.to, 1), addDays(week.period.from, -1)];
    return from > to ? [week] : [{ period: { from, to }, value: null, n: 0 }, week];
  });
}
