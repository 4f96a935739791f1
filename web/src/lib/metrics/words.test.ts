import { beforeAll, describe, expect, it } from 'vitest';
import { setLocale } from '$lib/i18n';
import type { Formula } from './wire';
import { formulaWords } from './words';

beforeAll(() => setLocale('ru'));

describe('the arithmetic of a metric', () => {
  const complaints = { in: { dimension: 'complaint', values: ['true'] } };
  const calls = { in: { dimension: 'channel', values: ['call'] } };
  const overall = { attribute: 'csi_overall', lowest: 1, highest: 10 };

  it('is told in one line', () => {
    for (const [formula, words] of [
      [{ kind: 'items' }, 'число откликов'],
      [{ kind: 'share', of: 'items', matching: complaints, among: 'all' }, 'жалобы ÷ отклики'],
      [{ kind: 'share', of: 'items', matching: calls }, 'отклики (Канал: звонок) ÷ отклики'],
      [
        { kind: 'rate', of: 'customers', matching: 'all', base: 'customers', per: 100 },
        'разные клиенты ÷ активные клиенты клиентской базы × 100',
      ],
      [
        { kind: 'score_balance', score: 'ces', from: 6, to: 3 },
        '100 × (оценки CES от 6 и выше − оценки до 3) ÷ все оценки CES',
      ],
      [{ kind: 'score_mean', score: overall }, 'сумма оценок csi_overall ÷ число оценок'],
      [{ kind: 'expression', text: 'csat - nps', parts: {} }, 'csat - nps'],
    ] as [unknown, string][]) {
      expect(formulaWords(formula as Formula)).toBe(words);
    }
  });
});
