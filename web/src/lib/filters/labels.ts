// Names for the codes of dimensions and values that the API speaks.
import { fmt } from '$lib/format';
import type { Grain } from '$lib/format/dates';
import { t } from '$lib/i18n';
import type { Dimension } from './wire';

const ATTRIBUTE = 'attribute:';
const grains: readonly string[] = ['day', 'week', 'month', 'quarter', 'year'] satisfies Grain[];

export function isAttribute(dimension: Dimension): boolean {
  return dimension.startsWith(ATTRIBUTE);
}

/** «channel» → «Канал»; an attribute has the name the company gave it. */
export function dimensionLabel(dimension: Dimension): string {
  if (isAttribute(dimension)) return dimension.slice(ATTRIBUTE.length);
  return lookUp(t().domain.dimensions, dimension);
}

/** «call» → «звонок», «2026-11» → «ноябрь 2026»; a value without a word of ours is shown as it is. */
export function valueLabel(dimension: Dimension, value: string | null, short = false): string {
  if (value === null) return t().common.noValue;
  if (grains.includes(dimension)) return fmt().key(dimension as Grain, value, short);
  switch (dimension) {
    case 'channel':
      return lookUp(t().domain.channels, value);
    case 'language':
      return lookUp(t().domain.languages, value);
    case 'nps_group':
      return lookUp(t().domain.npsGroups, value);
    case 'sentiment':
      return lookUp(t().reading.sentiment.tones, value);
    case 'signal':
      return lookUp(t().reading.signals.kinds, value);
    case 'complaint':
      return lookUp(t().domain.complaint, value);
    default:
      return value;
  }
}

function lookUp(words: Record<string, string>, key: string): string {
  return Object.hasOwn(words, key) ? (words[key] ?? key) : key;
}
