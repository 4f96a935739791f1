// Words of metrics: names, formulas, refusals, differences.
import { fmt } from '$lib/format';
import { locale, t } from '$lib/i18n';
import { dimensionLabel, valueLabel } from '$lib/filters/labels';
import { scoreBounds, type Score } from '$lib/filters/wire';
import { nameValue, type Directory } from '$lib/voice/directory';
import type { GroupKey } from './address';
import { differenceDigits, notationOf } from './measures';
import type { Comparison, Definition, Formula, MetricUnit } from './wire';

export function metricName(definition: Definition): string {
  return definition.name[locale()];
}

export function metricDescription(definition: Definition): string {
  return definition.description[locale()];
}

/** A smaller chance is not worth its digits. */
const SMALLEST_CHANCE = 0.001;

/** The scale or the base of a value, where its sign does not say it: «на 1 000 клиентов», «от 1 до 5». */
export function unitWords({ formula }: Definition): string {
  const words = t().metrics.units;
  if ('per' in formula) return words.rate[formula.base](fmt().number(formula.per));
  if (formula.kind === 'nps') return words.nps;
  if (formula.kind !== 'score_mean') return '';
  const { low, high } = scoreBounds[formula.score as Score];
  return words.scale(fmt().number(low), fmt().number(high));
}

/** The arithmetic in one line. */
export function formulaWords(formula: Formula): string {
  const words = t().metrics.formulas;
  switch (formula.kind) {
    case 'score_mean':
      return words.score_mean(formula.score.toUpperCase());
    case 'score_share':
      return words.score_share(formula.score.toUpperCase(), String(formula.from));
    case 'complaint_rate':
    case 'contact_rate':
      return words[formula.kind](t().metrics.bases[formula.base], fmt().number(formula.per));
    default:
      return words[formula.kind];
  }
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
