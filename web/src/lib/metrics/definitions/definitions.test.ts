import { beforeAll, describe, expect, it } from 'vitest';
import { setLocale } from '$lib/i18n';
import type { Formula } from '../wire';
import { changesOf } from './changes';
import { kinds, toDraft, toWire, type StoredDefinition } from './draft';

const formulas = [
  { kind: 'items' },
  { kind: 'customers' },
  { kind: 'nps' },
  { kind: 'score_mean', score: { attribute: 'effort', lowest: 1, highest: 5 } },
  { kind: 'score_share', score: 'csat', from: 4 },
  { kind: 'score_balance', score: 'ces', from: 6, to: 3 },
  { kind: 'share', of: 'customers', matching: { answered: 'nps' }, among: 'all' },
  { kind: 'rate', of: 'items', matching: 'all', base: 'contracts', per: 100 },
  {
    kind: 'index',
    parts: [
      { score: 'csat', weight: 2, reading: { share_from: 8 } },
      { score: 'nps', weight: 1, reading: { share_from: 8 } },
    ],
  },
  { kind: 'expression', text: 'csat * 2' },
] as unknown as Formula[];

function stored(formula: Formula, rest: Partial<StoredDefinition> = {}): StoredDefinition {
  const words = { ru: 'а', en: 'a' };
  return {
    code: 'own',
    version: 1,
    name: words,
    description: words,
    unit: 'percent',
    direction: 'neutral',
    formula,
    ...rest,
  };
}

beforeAll(() => setLocale('ru'));

describe('the draft of a definition', () => {
  it('gives every formula back as it was', () => {
    expect(formulas.map(({ kind }) => kind).toSorted()).toEqual([...kinds].toSorted());
    for (const formula of formulas) expect(toWire(toDraft(stored(formula))).formula).toEqual(formula);
  });

  it('has no window of its own over other metrics', () => {
    const draft = {
      ...toDraft(stored(formulas[9] as Formula)),
      window: { kind: 'days' as const, length: 30 },
    };
    expect(toWire(draft)).toMatchObject({ window: null, unit: 'percent' });
    const plain = {
      ...toDraft(stored(formulas[4] as Formula)),
      window: { kind: 'days' as const, length: 30 },
    };
    expect(toWire(plain)).toMatchObject({ window: { days: 30 }, unit: null });
  });
});

describe('what a version changed', () => {
  it('is named field by field', () => {
    const before = stored(formulas[4] as Formula);
    const after = stored({ kind: 'score_share', score: 'csat', from: 3 }, { window: { months: 3 } });
    expect(changesOf(before, after, () => undefined)).toEqual([
      'формула: оценки CSAT от 4 и выше ÷ все оценки CSAT → оценки CSAT от 3 и выше ÷ все оценки CSAT',
      'окно: за свой шаг → 3\u00a0месяца',
    ]);
    expect(changesOf(before, before, () => undefined)).toEqual([]);
  });
});
