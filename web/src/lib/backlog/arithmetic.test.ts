import { beforeAll, describe, expect, it } from 'vitest';
import { setLocale } from '$lib/i18n';
import { debtHeadline, debtSentences, scaleHeadline, scaleSentence } from './arithmetic';
import type { Debt, Scale, ScaleLine } from './backlog';

const share = { part: 64, whole: 2000, value: 0.032, low: 0.0251, high: 0.0407 };
const window = { from: '2026-08-25', days: 90 };
const lines: ScaleLine[] = [
  { step: 'seen', customers: 318, items: 402, links: ['seen_items'] },
  { step: 'anonymous', items: 31, links: ['anonymous_items'] },
  { step: 'share_of_answers', share, links: ['answers_with', 'answers_all'] },
  { step: 'base', customers: 600_000, window, links: ['customer_base'] },
  { step: 'estimate', value: 19_200, low: 15_083, high: 24_394, links: [] },
  { step: 'at_least', customers: 412, base_share: 0.0007, links: ['seen_items'] },
];

function read(line: ScaleLine): string {
  return scaleSentence(line)
    .map((piece) => (piece.items ? `[${piece.text}→${piece.items}]` : piece.text))
    .join('')
    .replaceAll('\u00a0', ' ');
}

const scale: Scale = { window, seen: 412, low: 412, lines: [], caveats: [] };

describe('the arithmetic of scale', () => {
  it('reads as sentences with links, in Russian', async () => {
    await setLocale('ru');
    expect(lines.map(read)).toEqual([
      'Сказали нам сами: [318 клиентов→seen] в [402 откликах→seen].',
      'Из них без ключа клиента: [31 отклик→anonymous]. В клиентах их не считаем.',
      'Из [2 000→answers_all] ответов на опросы проблему упоминают [64→answers_with]: 3,2 % (2,5…4,1).',
      'Клиентская база в среднем за месяц окна: 600 000 клиентов.',
      'Доля × база: 19 200 клиентов (15 083…24 394).',
      'Не меньше тех, кто сказал сам: [412 клиентов→seen], это 0,07 % базы.',
    ]);
  });

  it('reads as sentences with links, in English', async () => {
    await setLocale('en');
    expect(lines.slice(0, 3).map(read)).toEqual([
      'Told us themselves: [318 customers→seen] in [402 items→seen].',
      'Of them without a customer key: [31 items→anonymous]. Not counted as customers.',
      'Of [2,000→answers_all] survey answers, [64→answers_with] mention the problem: 3.2% (2.5…4.1).',
    ]);
  });

  it.each([
    [{ ...scale, estimate: 19_201, high: 24_394 }, 'около 19 201 клиента'],
    [{ ...scale, high: 27_606 }, 'от 412 до 27 606 клиентов'],
    [scale, 'не меньше 412 клиентов'],
  ])('has a headline that claims no more than is known: %#', async (known, expected) => {
    await setLocale('ru');
    expect(scaleHeadline(known).replaceAll('\u00a0', ' ')).toBe(expected);
  });
});

describe('client debt', () => {
  const debt: Debt = {
    amount_a_month: 2_039_312.5,
    at_least: false,
    parts: [
      {
        part: 'churn',
        customers_a_month: 6493.3,
        churn_share: 0.02,
        customer_value: 15_000,
        amount: 1_947_990,
      },
      { part: 'complaints', complaints_a_month: 101.5, claim_cost: 900, amount: 91_350 },
    ],
    missing: [],
  };

  beforeAll(() => setLocale('ru'));

  it('shows its factors', () => {
    expect(debtSentences(debt).map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
      'Уход: 6 493 клиента в месяц × 2,0 % × 15 000 ₽ с клиента = 1 947 990 ₽',
      'Жалобы: 101,5 в месяц × 900 ₽ за жалобу = 91 350 ₽',
    ]);
  });

  it('with a missing half is a minimum, and with none of them nothing', () => {
    const half = debtHeadline({ ...debt, at_least: true });
    expect(half?.replaceAll('\u00a0', ' ')).toBe('не меньше 2 039 313 ₽ в месяц');
    expect(debtHeadline({ ...debt, amount_a_month: null })).toBeNull();
  });
});
