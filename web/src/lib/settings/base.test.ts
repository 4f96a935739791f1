import { describe, expect, it } from 'vitest';
import type { Unit } from '$lib/voice/directory';
import { parseBase, parseMonth } from './base';
import { codeOf } from './codes';

const loans: Unit = {
  id: 'u1',
  tree: 'product',
  parent_id: null,
  code: 'loans',
  name_ru: 'Кредиты',
  name_en: 'Loans',
  position: 0,
  archived_at: null,
};

describe('a pasted customer base', () => {
  it('is read with Russian heads, spaces in numbers and names of units', () => {
    const text = 'Месяц;Подразделение;Сегмент;Клиенты\n11.2026;кредиты;Новые;1 204\n\n2026-12;;;90\n';
    const { rows, issues } = parseBase(text, [loans]);
    expect(issues).toEqual([]);
    expect(rows).toEqual([
      {
        month: '2026-11',
        unit_id: 'u1',
        product: '',
        segment: 'Новые',
        region: '',
        customers: 1204,
        transactions: null,
        contracts: null,
        invitations: null,
        starts: null,
      },
      {
        month: '2026-12',
        unit_id: '',
        product: '',
        segment: '',
        region: '',
        customers: 90,
        transactions: null,
        contracts: null,
        invitations: null,
        starts: null,
      },
    ]);
  });

  it('names each wrong row by its line, and takes the others', () => {
    const text = 'month\tunit\tcustomers\n13.2026\tx\t5\n2026-01\t\tmany\n2026-02\t\t\n2026-03\t\t7\n';
    const { rows, issues } = parseBase(text, [loans]);
    expect(rows.map((row) => row.month)).toEqual(['2026-03']);
    expect(issues).toEqual([
      { code: 'bad_month', line: 2, value: '13.2026' },
      { code: 'unknown_unit', line: 2, value: 'x' },
      { code: 'bad_number', line: 3, value: 'many' },
      { code: 'no_numbers', line: 4 },
    ]);
  });

  it('has to have a month and a number', () => {
    expect(parseBase('segment,note\na,b', []).issues).toEqual([
      { code: 'unknown_column', column: 'note' },
      { code: 'no_month_column' },
      { code: 'no_number_column' },
    ]);
    expect(parseBase(' \n', []).issues).toEqual([]);
  });

  it.each([
    ['2026-11', '2026-11'],
    ['2026-11-01', '2026-11'],
    ['1.2026', '2026-01'],
    ['01.11.2026', '2026-11'],
    ['2026-13', null],
    ['ноябрь', null],
  ])('month %s', (text, expected) => {
    expect(parseMonth(text)).toBe(expected);
  });
});

describe('a code for a name', () => {
  it.each([
    ['Блокировка карты', 'blokirovka-karty'],
    ['  Fees & tariffs! ', 'fees-tariffs'],
    ['Ещё', 'eshche'],
    ['…', ''],
  ])('%s → %s', (name, code) => {
    expect(codeOf(name)).toBe(code);
  });
});
