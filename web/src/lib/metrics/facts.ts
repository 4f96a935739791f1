// What stands under an exported chart or table of a metric: its definition, period, conditions, n, interval.
import type { Fact } from '$lib/components/export/facts';
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import type { Filter } from '$lib/filters/wire';
import { nameValue, type Directory } from '$lib/voice/directory';
import { isTotal, notationOf } from './measures';
import type { Answer, Definition, Row } from './wire';
import { filterWords, formulaWords, metricName } from './words';

export type Asked = { filter: Filter; words: string };

export function factsOf(
  definition: Definition,
  answer: Answer,
  { filter, words }: Asked,
  directory: Directory,
): Fact[] {
  const names = t().metrics.sheet;
  const nameOf = (dimension: string, value: string): string | undefined =>
    nameValue(directory, dimension, value);
  const conditions = filterWords(filter, nameOf);
  const { period, overall } = answer;
  return [
    {
      name: names.definition,
      value: `${metricName(definition)}, ${t().definitions.version(answer.version)}`,
    },
    { name: names.formula, value: formulaWords(definition.formula, nameOf) },
    { name: names.period, value: period ? fmt().dayRange(period.from, period.to) : t().filters.period.any },
    { name: names.where, value: conditions.length > 0 ? conditions.join('; ') : names.everything },
    ...(words ? [{ name: names.words, value: words }] : []),
    ...(isTotal(answer.unit) ? [] : [{ name: names.sample, value: fmt().number(overall.n) }]),
  ];
}

/** One number and what it rests on: value, n, interval, customers. */
export function figureFacts(answer: Answer, row: Row): Fact[] {
  const names = t().metrics.sheet;
  const { digits } = notationOf(answer.unit);
  const sign = notationOf(answer.unit).unit === 'share' ? '\u00a0%' : '';
  const number = (value: number | null | undefined): string => fmt().number(value, digits) + sign;
  const { low, high } = row;
  const bounds = low !== null && low !== undefined && high !== null && high !== undefined;
  return [
    {
      name: names.value,
      value: row.refusal ? t().metrics.refusals[row.refusal].short : number(row.value),
    },
    ...(isTotal(answer.unit) ? [] : [{ name: names.sample, value: fmt().number(row.n) }]),
    ...(bounds ? [{ name: names.interval, value: fmt().range(low, high, digits) + sign }] : []),
    { name: names.customers, value: fmt().number(row.customers) },
  ];
}
