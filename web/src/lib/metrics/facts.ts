// What stands under an exported chart or table of a metric: its definition, period, conditions, n, interval.
import type { Fact } from '$lib/components/export/facts';
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import type { Filter } from '$lib/filters/wire';
import { nameValue, type Directory } from '$lib/voice/directory';
import { isTotal } from './measures';
import type { Answer, Definition } from './wire';
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
