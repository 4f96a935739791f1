// Words of metrics: names, formulas, refusals, differences.
import { fmt } from '$lib/format';
import { locale, t } from '$lib/i18n';
import { dimensionLabel, valueLabel } from '$lib/filters/labels';
import { chipName, chipPhrase } from '$lib/components/filters/phrase';
import { scoreBounds, toChips, type Filter, type Score } from '$lib/filters/wire';
import { nameValue, type Directory } from '$lib/voice/directory';
import type { GroupKey } from './address';
import { differenceDigits, notationOf } from './measures';
import type { Answers, Comparison, Counted, Definition, Formula, MetricUnit } from './wire';

/** Names of units, topics and sources by their ids. */
type NameOf = (dimension: string, value: string) => string | undefined;

const COMPLAINTS = JSON.stringify({ in: { dimension: 'complaint', values: ['true'] } });

export function metricName(definition: Pick<Definition, 'name'>): string {
  return definition.name[locale()];
}

export function metricDescription(definition: Pick<Definition, 'description'>): string {
  return definition.description[locale()];
}

/** A smaller chance is not worth its digits. */
const SMALLEST_CHANCE = 0.001;

/** The scale or the base of a value, where its sign does not say it: «на 1 000 клиентов», «от 1 до 5». */
export function unitWords({ formula, unit }: Pick<Definition, 'formula' | 'unit'>): string {
  const words = t().metrics.units;
  if (formula.kind === 'rate')
    return unit === 'rate' ? words.rate[formula.base](fmt().number(formula.per)) : '';
  if (unit === 'nps_points') return words.nps;
  if (unit === 'index_points') return words.scale(fmt().number(0), fmt().number(100));
  if (formula.kind !== 'score_mean') return '';
  const { low, high } = boundsOf(formula.score);
  return words.scale(fmt().number(low), fmt().number(high));
}

/** The arithmetic in one line. */
export function formulaWords(formula: Formula, nameOf?: NameOf): string {
  const words = t().metrics.formulas;
  switch (formula.kind) {
    case 'score_mean':
      return words.score_mean(answersName(formula.score));
    case 'score_share':
      return words.score_share(answersName(formula.score), String(formula.from));
    case 'score_balance':
      return words.score_balance(answersName(formula.score), String(formula.from), String(formula.to));
    case 'share':
      return words.share(counted(formula, formula.matching, nameOf), counted(formula, formula.among, nameOf));
    case 'rate':
      return words.perBase(
        counted(formula, formula.matching, nameOf),
        t().metrics.bases[formula.base],
        fmt().number(formula.per),
      );
    case 'index':
      return words.index(
        formula.parts
          .map((part) => `${fmt().number(part.weight, 2)} × ${answersName(part.score)}`)
          .join(' + '),
      );
    case 'expression':
      return formula.text;
    default:
      return words[formula.kind];
  }
}

/** Each condition of a filter: «Сегмент: Премиальный». */
export function filterWords(filter: Filter, nameOf?: NameOf): string[] {
  return toChips(filter).map((chip) => {
    const phrase = chipPhrase(chip, nameOf);
    return phrase ? `${chipName(chip)}: ${phrase}` : chipName(chip);
  });
}

/** «жалобы», «клиенты», «отклики (Канал: звонок)»: what a share or a rate counts. */
function counted({ of }: { of?: Counted }, matching: unknown, nameOf?: NameOf): string {
  const words = t().metrics.formulas;
  const filter = (matching ?? 'all') as Filter;
  const isOfItems = of !== 'customers';
  if (isOfItems && JSON.stringify(filter) === COMPLAINTS) return words.complaints;
  const what = isOfItems ? words.anyItems : words.anyCustomers;
  return filter === 'all' ? what : `${what} (${filterWords(filter, nameOf).join('; ')})`;
}

function answersName(score: Answers): string {
  return typeof score === 'string' ? score.toUpperCase() : score.attribute;
}

function boundsOf(score: Answers): { low: number; high: number } {
  return typeof score === 'string' ? scoreBounds[score as Score] : { low: score.lowest, high: score.highest };
}

/** «+3,0 п. п.», «−2,1»: a difference with its sign, in points where values are percentages. */
export function differenceWords(difference: number, unit: MetricUnit): string {
  const text = fmt().signed(difference, differenceDigits(unit));
  return notationOf(unit).unit === 'share' ? `${text}\u00a0${t().metrics.percentagePoints}` : text;
}

/** «от −1,7 до 7,7 п. п.» */
export function differenceRange(comparison: Comparison, unit: MetricUnit): string {
  const digits = differenceDigits(unit);
  const range = t().metrics.range(
    fmt().signed(comparison.low, digits),
    fmt().signed(comparison.high, digits),
  );
  return notationOf(unit).unit === 'share' ? `${range}\u00a0${t().metrics.percentagePoints}` : range;
}

/** «p = 0,041», «p < 0,001»: the chance of such a difference where there is none. */
export function chanceWords(p: number): string {
  const { chance, smallChance } = t().metrics.difference;
  return p < SMALLEST_CHANCE ? smallChance(fmt().number(SMALLEST_CHANCE, 3)) : chance(fmt().number(p, 3));
}

/** The name of a group: «Премиальный», «звонок · ноябрь 2026»; of no group, all items together. */
export function groupName(directory: Directory, key: GroupKey): string {
  if (key.length === 0) return t().metrics.allItems;
  return key.map(([dimension, value]) => valueName(directory, dimension, value)).join(' · ');
}

export function valueName(directory: Directory, dimension: string, value: string | null): string {
  if (value === null) return dimension === 'topic' ? t().metrics.noTopic : valueLabel(dimension, null);
  const known = nameValue(directory, dimension, value);
  return known ?? (isId(dimension) ? t().metrics.deleted : valueLabel(dimension, value));
}

/** «Сегмент: Премиальный». */
export function conditionName(directory: Directory, [dimension, value]: GroupKey[number]): string {
  return `${dimensionLabel(dimension)}: ${valueName(directory, dimension, value)}`;
}

function isId(dimension: string): boolean {
  return dimension === 'topic' || dimension === 'unit' || dimension === 'source';
}
