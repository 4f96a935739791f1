import { describe, expect, it } from 'vitest';
import { en } from './en';
import { chooseLocale, setLocale, t } from './index';
import { counted, word } from './plural';
import { ru } from './ru';

type Entry = [path: string, value: unknown];

function entries(value: unknown, path = ''): Entry[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => entries(inner, path ? `${path}.${key}` : key));
}

describe('dictionaries', () => {
  const russian = entries(ru);
  const english = new Map(entries(en));

  it('have the same words', () => {
    expect([...english.keys()]).toEqual(russian.map(([path]) => path));
  });

  it('leave no word empty', () => {
    const empty = [...russian, ...english].filter(
      ([, value]) => typeof value === 'string' && value.trim() === '',
    );
    expect(empty).toEqual([]);
  });

  it('speak Russian in Russian and no Russian in English', () => {
    const foreign = [...english].filter(([, value]) => typeof value === 'string' && /[а-яё]/i.test(value));
    expect(foreign).toEqual([]);
    const untranslated = russian.filter(
      ([path, value]) => typeof value === 'string' && /[a-z]{2}/i.test(value) && english.get(path) === value,
    );
    expect(untranslated.map(([path]) => path)).toEqual([
      'domain.scores.nps',
      'domain.scores.csat',
      'domain.scores.ces',
    ]);
  });

  it('use the language that was set', async () => {
    await setLocale('en');
    expect(t().shell.places.backlog).toBe('Backlog');
    await setLocale('ru');
    expect(t().shell.places.backlog).toBe('Бэклог');
  });
});

describe('plural forms', () => {
  const item = { one: 'отклик', few: 'отклика', many: 'откликов', other: 'отклика' };

  it.each([
    [0, 'откликов'],
    [1, 'отклик'],
    [2, 'отклика'],
    [5, 'откликов'],
    [11, 'откликов'],
    [21, 'отклик'],
    [112, 'откликов'],
    [1.5, 'отклика'],
  ])('%d %s', (count, expected) => {
    expect(word.ru(count, item)).toBe(expected);
  });

  it('come with the number', () => {
    expect(counted.ru(1204, item).replaceAll('\u00a0', ' ')).toBe('1 204 отклика');
    expect(counted.en(1, { one: 'item', other: 'items' })).toBe('1\u00a0item');
    expect(ru.table.rowCount(3)).toBe('3\u00a0строки');
    expect(en.table.rowCount(3)).toBe('3\u00a0rows');
  });
});

describe('the first language', () => {
  it.each([
    [null, ['ru-RU', 'en'], 'ru'],
    [null, ['en-GB', 'ru'], 'en'],
    [null, ['de', 'ru'], 'ru'],
    [null, ['de'], 'en'],
    [null, [], 'en'],
    ['ru', ['en'], 'ru'],
    ['xx', ['ru'], 'ru'],
  ] as const)('stored %j, asked %j → %s', (stored, asked, expected) => {
    expect(chooseLocale(stored, asked)).toBe(expected);
  });
});
