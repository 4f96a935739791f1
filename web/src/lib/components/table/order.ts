// Sorting and grouping of rows.
import type { Locale } from '$lib/i18n/plural';
import type { CellValue, Column, Line, Sort } from './types';

/** Sorted by one column; rows without a value come last either way; equal rows keep their order. */
export function sortRows<Row>(rows: Row[], columns: Column<Row>[], sort: Sort | null, locale: Locale): Row[] {
  const column = columns.find((known) => known.id === sort?.column);
  if (!sort || !column) return rows;
  const collator = new Intl.Collator(locale, { numeric: true });
  return rows.toSorted((left, right) => {
    const a = column.value(left);
    const b = column.value(right);
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return compare(a, b, collator) * (sort.descending ? -1 : 1);
  });
}

/** The rows as lines, each group under a line of its own, groups in the order of their first row. */
export function groupRows<Row>(
  rows: Row[],
  keyOf: (row: Row) => string,
  column: Column<Row> | undefined,
  words: (row: Row) => string,
  collapsed: ReadonlySet<string>,
): Line<Row>[] {
  const toLine = (row: Row): Line<Row> => ({ kind: 'row', key: keyOf(row), row });
  if (!column) return rows.map(toLine);
  const groups = new Map<CellValue, Row[]>();
  for (const row of rows) {
    const value = column.value(row);
    const group = groups.get(value);
    if (group) group.push(row);
    else groups.set(value, [row]);
  }
  return [...groups].flatMap(([value, members]) => {
    const key = `group:${String(value)}`;
    const [first] = members;
    const label = first === undefined ? '' : words(first);
    const isCollapsed = collapsed.has(key);
    const head: Line<Row> = { kind: 'group', key, label, count: members.length, collapsed: isCollapsed };
    return isCollapsed ? [head] : [head, ...members.map(toLine)];
  });
}

/** What a press on a column's head does: numbers start with the largest, text with «А», the third press ends it. */
export function nextSort(sort: Sort | null, column: string, isNumeric: boolean): Sort | null {
  if (sort?.column !== column) return { column, descending: isNumeric };
  return sort.descending === isNumeric ? { column, descending: !isNumeric } : null;
}

function compare(a: string | number, b: string | number, collator: Intl.Collator): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
