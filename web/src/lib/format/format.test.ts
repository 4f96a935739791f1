import { describe, expect, it } from 'vitest';
import { createFormat } from './format';
import { parseDay, parseNumber } from './parse';

const ru = createFormat('ru', 'Europe/Moscow');
const en = createFormat('en', 'Europe/Moscow');
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('numbers', () => {
  it.each([
    [ru.number(1204), '1 204'],
    [en.number(1204), '1,204'],
    [ru.number(-3.14, 1), '−3,1'],
    [en.number(null), '—'],
    [ru.number(Number.NaN), '—'],
    [ru.signed(3.14, 1), '+3,1'],
    [en.signed(-2), '−2'],
    [ru.signed(-0.04, 1), '0,0'],
    [ru.percent(0.1234), '12,3 %'],
    [en.percent(0.1234), '12.3%'],
    [ru.compact(12_400), '12,4 тыс.'],
    [en.compact(12_400), '12.4K'],
    [ru.bytes(1_572_864), '1,5 МБ'],
    [en.bytes(512), '512 B'],
    [ru.bytes(0), '0 Б'],
    [ru.money(2_487_731.4), '2 487 731 ₽'],
    [createFormat('en', undefined, 'EUR').money(-1200), '−€1,200'],
    [ru.currencySign, '₽'],
    [createFormat('en', undefined, 'USD').currencySign, '$'],
  ])('%s', (shown, expected) => {
    expect(plain(shown)).toBe(expected);
  });

  it('shows a symmetric interval by its half, another by its ends', () => {
    expect(ru.interval(41, 38, 44)).toBe('±3');
    expect(ru.interval(41, 38.4, 44.6)).toBe('38…45');
    expect(en.interval(-14, -19, -9)).toBe('±5');
    expect(ru.interval(0, -1.5, 2.5, 1)).toBe('−1,5…2,5');
  });
});

describe('dates', () => {
  const evening = Date.UTC(2026, 10, 22, 21, 5);

  it.each([
    [ru.date(evening), '23 нояб. 2026'],
    [en.dateTime(evening), '23 Nov 2026, 00:05'],
    [ru.day('2026-11-22'), '22 нояб. 2026'],
    [ru.key('week', '2026-08-24', true), '24 авг.'],
    [ru.longDay('2026-11-22'), 'воскресенье, 22 ноября 2026'],
    [ru.key('month', '2026-11'), 'ноябрь 2026'],
    [en.key('month', '2026-11'), 'November 2026'],
    [ru.key('quarter', '2026-Q4'), 'IV квартал 2026'],
    [en.key('quarter', '2026-Q4'), 'Q4 2026'],
    [ru.key('year', '2026'), '2026'],
    [ru.dayTyped('2026-11-02'), '02.11.2026'],
    [en.dayTyped('2026-11-02'), '02/11/2026'],
  ])('%s', (shown, expected) => {
    expect(plain(shown)).toBe(expected);
  });

  it('names a week by its first and last day', () => {
    expect(plain(en.key('week', '2026-11-16'))).toMatch(/^16\s?–\s?22 Nov 2026$/u);
    expect(plain(ru.key('week', '2026-11-30'))).toContain('6 дек. 2026');
  });

  it('says how long ago', () => {
    expect(ru.ago(evening - 3 * 86_400_000, evening)).toBe('3 дня назад');
    expect(en.ago(evening + 86_400_000, evening)).toBe('tomorrow');
    expect(ru.ago(evening - 2 * 3_600_000, evening)).toBe('2 часа назад');
  });

  it('shows a duration in its two largest units', () => {
    expect(plain(ru.duration(340))).toBe('340 мс');
    expect(plain(ru.duration(7_500_000))).toBe('2 ч 5 мин');
    expect(plain(en.duration(86_400_000))).toBe('1 d');
    expect(plain(en.duration(59_900))).toBe('1 min');
  });
});

describe('typed values', () => {
  it.each([
    ['1 204,5', 1204.5],
    ['1\u00a0204.5', 1204.5],
    ['−3', -3],
    ['12%', 12],
    ['.5', 0.5],
    ['', null],
    ['1,2,3', null],
    ['NaN', null],
    ['1e5', null],
  ])('number %j', (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });

  it('reads back what it shows', () => {
    for (const value of [0, 7, 1204.5, -98_765.4]) {
      expect(parseNumber(ru.number(value, 1))).toBe(value);
    }
  });

  it.each([
    ['22.11.2026', '2026-11-22'],
    ['2/1/26', '2026-01-02'],
    ['2026-11-22', '2026-11-22'],
    ['30.02.2026', null],
    ['22.13.2026', null],
    ['вчера', null],
  ])('day %j', (text, expected) => {
    expect(parseDay(text)).toBe(expected);
  });
});
