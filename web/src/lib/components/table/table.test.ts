import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';
import { groupRows, nextSort, sortRows } from './order';
import type { Column } from './types';

type Row = { id: string; title: string; score: number | null };

const columns: Column<Row>[] = [
  { id: 'title', title: 'Проблема', width: 100, value: (row) => row.title },
  { id: 'score', title: 'Оценка', width: 100, align: 'end', value: (row) => row.score },
];
const rows: Row[] = [
  { id: 'a', title: 'Ёлка', score: 2 },
  { id: 'b', title: 'Яма', score: null },
  { id: 'c', title: 'Арка', score: 10.5 },
  { id: 'd', title: 'Арка', score: 2 },
];
const ids = (sorted: Row[]) => sorted.map((row) => row.id).join('');

describe('sorting', () => {
  it.each([
    [null, 'abcd'],
    [{ column: 'score', descending: true }, 'cadb'],
    [{ column: 'score', descending: false }, 'adcb'],
    [{ column: 'title', descending: false }, 'cdab'],
    [{ column: 'gone', descending: false }, 'abcd'],
  ] as const)('%j', (sort, expected) => {
    expect(ids(sortRows(rows, columns, sort, 'ru'))).toBe(expected);
  });

  it('goes round in three presses', () => {
    const first = nextSort(null, 'score', true);
    const second = nextSort(first, 'score', true);
    expect([first?.descending, second?.descending]).toEqual([true, false]);
    expect(nextSort(second, 'score', true)).toBeNull();
    expect(nextSort(first, 'title', false)).toEqual({ column: 'title', descending: false });
  });
});

describe('grouping', () => {
  const lines = (collapsed: string[]) =>
    groupRows(
      rows,
      (row) => row.id,
      columns[0],
      (row) => row.title,
      new Set(collapsed),
    ).map((line) => (line.kind === 'group' ? `${line.label}:${line.count}` : line.key));

  it('puts a line above each group', () => {
    expect(lines([])).toEqual(['Ёлка:1', 'a', 'Яма:1', 'b', 'Арка:2', 'c', 'd']);
  });

  it('folds a group', () => {
    expect(lines(['group:Арка'])).toEqual(['Ёлка:1', 'a', 'Яма:1', 'b', 'Арка:2']);
  });
});

describe('CSV', () => {
  it('is written as the reader’s spreadsheet expects', () => {
    expect(toCsv(columns, rows.slice(1, 3), 'ru')).toBe('Проблема;Оценка\r\nЯма;\r\nАрка;10,5\r\n');
    expect(toCsv(columns, rows.slice(1, 3), 'en')).toBe('Проблема,Оценка\r\nЯма,\r\nАрка,10.5\r\n');
  });

  it('keeps no digits that nobody reads', () => {
    const exact = [{ id: 'z', title: 'Доля', score: 0.021_134_789 }];
    expect(toCsv(columns, exact, 'en').split('\r\n')[1]).toBe('Доля,0.0211');
    const large = [{ id: 'z', title: 'Долг', score: 2_487_731.333_333 }];
    expect(toCsv(columns, large, 'ru').split('\r\n')[1]).toBe('Долг;2487731,3333');
  });

  it('quotes, and disarms formulas', () => {
    const hostile = [
      { id: 'x', title: '=HYPERLINK("http://x")', score: -1 },
      { id: 'y', title: 'a;b\nc', score: 0 },
    ];
    expect(toCsv(columns, hostile, 'ru').split('\r\n').slice(1)).toEqual([
      `"'=HYPERLINK(""http://x"")";-1`,
      '"a;b\nc";0',
      '',
    ]);
  });
});
