// The wire form of a filter, as the API takes it, and the chips that the screen shows for it.

export type Score = 'nps' | 'csat' | 'ces';

/** «channel», «month», or «attribute:plan» for a field of the company's own. */
export type Dimension = string;

export type Filter =
  | 'all'
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | { in: { dimension: Dimension; values: string[] } }
  | { missing: { dimension: Dimension } }
  | { range: { score: Score; low: number; high: number } }
  | { answered: Score };

/** One condition of the bar; all of them hold together. What chips cannot say stays whole as `complex`. */
export type Chip = { negated: boolean } & (
  | { kind: 'in'; dimension: Dimension; values: string[] }
  | { kind: 'missing'; dimension: Dimension }
  | { kind: 'range'; score: Score; low: number; high: number }
  | { kind: 'answered'; score: Score }
  | { kind: 'complex'; filter: Filter }
);

export const scoreBounds: Record<Score, { low: number; high: number }> = {
  nps: { low: 0, high: 10 },
  csat: { low: 1, high: 5 },
  ces: { low: 1, high: 7 },
};

export function toFilter(chips: readonly Chip[]): Filter {
  const filters = chips.map(chipFilter);
  const [only] = filters;
  if (only === undefined) return 'all';
  return filters.length === 1 ? only : { and: filters };
}

export function toChips(filter: Filter): Chip[] {
  if (filter === 'all') return [];
  if ('and' in filter) return filter.and.flatMap(toChips);
  return [toChip(filter, false)];
}

/** Reads what somebody may have typed into an address: null when it is no filter. */
export function parseFilter(text: string): Filter | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFilter(value) ? value : null;
  } catch {
    return null;
  }
}

/** The filter with the bar's condition on one dimension set to these values; none of them removes it. */
export function withValues(filter: Filter, dimension: Dimension, values: string[]): Filter {
  const others = toChips(filter).filter(
    (chip) => chip.kind !== 'in' || chip.dimension !== dimension || chip.negated,
  );
  return toFilter(
    values.length === 0 ? others : [...others, { kind: 'in', dimension, values, negated: false }],
  );
}

function chipFilter(chip: Chip): Filter {
  const filter = positive(chip);
  return chip.negated ? { not: filter } : filter;
}

function positive(chip: Chip): Filter {
  switch (chip.kind) {
    case 'in':
      return { in: { dimension: chip.dimension, values: chip.values } };
    case 'missing':
      return { missing: { dimension: chip.dimension } };
    case 'range':
      return { range: { score: chip.score, low: chip.low, high: chip.high } };
    case 'answered':
      return { answered: chip.score };
    case 'complex':
      return chip.filter;
  }
}

function toChip(filter: Exclude<Filter, 'all'>, negated: boolean): Chip {
  if ('in' in filter) return { kind: 'in', ...filter.in, negated };
  if ('missing' in filter) return { kind: 'missing', ...filter.missing, negated };
  if ('range' in filter) return { kind: 'range', ...filter.range, negated };
  if ('answered' in filter) return { kind: 'answered', score: filter.answered, negated };
  if ('not' in filter && filter.not !== 'all' && !negated) return toChip(filter.not, true);
  return { kind: 'complex', filter, negated };
}

function isFilter(value: unknown): value is Filter {
  if (value === 'all') return true;
  if (!isRecord(value)) return false;
  const [entry, ...more] = Object.entries(value);
  if (!entry || more.length > 0) return false;
  const [key, body] = entry;
  switch (key) {
    case 'and':
    case 'or':
      return Array.isArray(body) && body.every(isFilter);
    case 'not':
      return isFilter(body);
    case 'in':
      return isRecord(body) && typeof body.dimension === 'string' && isTexts(body.values);
    case 'missing':
      return isRecord(body) && typeof body.dimension === 'string';
    case 'range':
      return (
        isRecord(body) && isScore(body.score) && Number.isInteger(body.low) && Number.isInteger(body.high)
      );
    case 'answered':
      return isScore(body);
    default:
      return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isScore(value: unknown): value is Score {
  return value === 'nps' || value === 'csat' || value === 'ces';
}
