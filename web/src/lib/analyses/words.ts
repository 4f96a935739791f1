// Drivers and topics in words.
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import { dimensionLabel } from '$lib/filters/labels';
import { notationOf } from '$lib/metrics/measures';
import type { GroupKey } from '$lib/metrics/address';
import type { MetricUnit, Preference } from '$lib/metrics/wire';
import { valueName } from '$lib/metrics/words';
import { showValue } from '$lib/components/figures/measure';
import type { Directory } from '$lib/voice/directory';
import type { DriverName, DriverRow, TopicAnswer, TopicEffect } from './wire';

/** How many one sentence names. */
const NAMED = 3;

export function driverName(directory: Directory, driver: DriverName): string {
  if ('topic' in driver) return valueName(directory, 'topic', driver.topic);
  if ('answers' in driver)
    return typeof driver.answers === 'string'
      ? driver.answers.toUpperCase()
      : dimensionLabel(`attribute:${driver.answers.attribute}`);
  return valueName(directory, driver.value.dimension, driver.value.value);
}

/** The items that mention the topic or have the value; a question's answers are not narrowed. */
export function driverKey(driver: DriverName): GroupKey {
  if ('topic' in driver) return [['topic', driver.topic]];
  return 'value' in driver ? [[driver.value.dimension, driver.value.value]] : [];
}

/** Whether more of the driver is worse for the customer. */
export function isHarmful(row: DriverRow, direction: Preference): boolean {
  return direction === 'less_is_better' ? row.coefficient > 0 : row.coefficient < 0;
}

/** «Сильнее всего оценку тянут вниз …», then up; or that nothing does. */
export function driverSentences(directory: Directory, rows: readonly DriverRow[]): string[] {
  const words = t().analyses.drivers;
  const significant = rows.filter((row) => row.significant);
  if (significant.length === 0) return [words.none];
  const named = (some: DriverRow[]) =>
    fmt().list(some.slice(0, NAMED).map((row) => t().analyses.quoted(driverName(directory, row.driver))));
  const isQuestion = (row: DriverRow) => 'answers' in row.driver;
  const down = significant.filter((row) => row.coefficient < 0 && !isQuestion(row));
  const up = significant.filter((row) => row.coefficient > 0 && !isQuestion(row));
  const questions = significant.filter(isQuestion);
  return [
    ...(down.length > 0 ? [words.down(named(down), down.length === 1)] : []),
    ...(up.length > 0 ? [words.up(named(up), up.length === 1)] : []),
    ...(questions.length > 0 ? [words.together(named(questions))] : []),
  ];
}

/** «41», «62,0 %»: a value of the metric. */
export function scoreText(value: number | null | undefined, unit: MetricUnit): string {
  const { digits, factor, unit: shown } = notationOf(unit);
  return value === null || value === undefined
    ? ''
    : showValue({ value: value * factor, unit: shown, digits });
}

/** «+7,2», «−3,1 п. п.»: points given or taken. */
export function pointsText(points: number, unit: MetricUnit): string {
  const { digits, unit: shown } = notationOf(unit);
  const text = fmt().signed(points, digits);
  return shown === 'share' ? `${text}\u00a0${t().metrics.percentagePoints}` : text;
}

/** «Без темы „Очередь“ NPS был бы 41, а не 34.» Names of other scores are long and of any gender. */
export function withoutSentence(
  name: string,
  topic: string,
  effect: TopicEffect,
  answer: TopicAnswer,
): string {
  const text = (value: number | null | undefined) => scoreText(value, answer.unit);
  const words = t().analyses.topics;
  const scores = [text(effect.without), text(answer.value)] as const;
  return answer.unit === 'nps_points'
    ? words.without(topic, name, ...scores)
    : words.withoutScore(topic, ...scores);
}

/** How good a driver is: the score of its answers; of a question the mean answer, 0 to 100 of its scale. */
export function performanceText(row: DriverRow, unit: MetricUnit): string {
  if (typeof row.performance !== 'number') return '';
  return 'answers' in row.driver
    ? t().analyses.drivers.ofHundred(fmt().number(row.performance, 0))
    : scoreText(row.performance, unit);
}
