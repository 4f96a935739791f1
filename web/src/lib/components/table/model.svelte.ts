// The state of one table: what is shown, in which order, where the reader stands.
import { fmt } from '$lib/format';
import { locale, t } from '$lib/i18n';
import { groupRows, nextSort, sortRows } from './order';
import type { CellPlace, Column, Line, Sort } from './types';

/** Lines drawn above and below what is visible, so that scrolling never shows a gap. */
const SPARE_LINES = 8;

type Source<Row> = {
  rows: () => Row[];
  columns: () => Column<Row>[];
  keyOf: (row: Row) => string;
  /** Under this name the chosen columns are kept in the browser. */
  name: string;
};

export class TableModel<Row> {
  sort = $state<Sort | null>(null);
  groupBy = $state<string | null>(null);
  active = $state<CellPlace>({ line: 0, column: 0 });
  editing = $state(false);
  scrollTop = $state(0);
  viewHeight = $state(600);
  lineHeight = $state(36);

  #source: Source<Row>;
  #shown = $state.raw<ReadonlySet<string> | null>(null);
  #collapsed = $state.raw<ReadonlySet<string>>(new Set());

  constructor(source: Source<Row>, sort: Sort | null, groupBy: string | null) {
    this.#source = source;
    this.sort = sort;
    this.groupBy = groupBy;
    this.#shown = readShown(source.name);
  }

  readonly columns = $derived.by((): Column<Row>[] =>
    this.#source.columns().filter((column) => this.isShown(column)),
  );

  readonly sorted = $derived.by((): Row[] =>
    sortRows(this.#source.rows(), this.#source.columns(), this.sort, locale()),
  );

  readonly lines = $derived.by((): Line<Row>[] => {
    const column = this.#source.columns().find((known) => known.id === this.groupBy);
    const words = (row: Row) => (column ? cellText(column, row) || t().common.noValue : '');
    return groupRows(this.sorted, this.#source.keyOf, column, words, this.#collapsed);
  });

  /** The lines that are drawn: from `first`, as many as fit. */
  readonly window = $derived.by(() => {
    const first = Math.max(0, Math.floor(this.scrollTop / this.lineHeight) - SPARE_LINES);
    const count = Math.ceil(this.viewHeight / this.lineHeight) + 2 * SPARE_LINES;
    return { first, lines: this.lines.slice(first, first + count) };
  });

  /** The cell that Tab leads to: the active one, or the first drawn when that is out of sight. */
  readonly tabStop = $derived.by((): CellPlace => {
    const { first, lines } = this.window;
    const isDrawn = this.active.line >= first && this.active.line < first + lines.length;
    return isDrawn
      ? this.active
      : { line: Math.max(0, Math.floor(this.scrollTop / this.lineHeight)), column: 0 };
  });

  isShown(column: Column<Row>): boolean {
    return this.#shown ? this.#shown.has(column.id) : !column.hidden;
  }

  toggleColumn(id: string): void {
    const all = this.#source.columns();
    const next = new Set(all.filter((column) => this.isShown(column)).map((column) => column.id));
    if (next.has(id)) next.delete(id);
    else next.add(id);
    if (next.size === 0) return;
    this.#shown = next;
    writeShown(this.#source.name, next);
  }

  toggleGroup(key: string): void {
    const next = new Set(this.#collapsed);
    if (!next.delete(key)) next.add(key);
    this.#collapsed = next;
  }

  sortBy(column: Column<Row>): void {
    this.sort = nextSort(this.sort, column.id, column.align === 'end');
  }

  /** Moves within the table; says whether there was anywhere to go. */
  move(lines: number, columns: number): boolean {
    const line = clamp(this.active.line + lines, this.lines.length - 1);
    const column = clamp(this.active.column + columns, this.columns.length - 1);
    const moved = line !== this.active.line || column !== this.active.column;
    this.active = { line, column };
    return moved;
  }

  pageLines(): number {
    return Math.max(1, Math.floor(this.viewHeight / this.lineHeight) - 2);
  }
}

/** What a cell says in words. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  if (column.text) return column.text(row);
  const value = column.value(row);
  if (value === null) return '';
  return typeof value === 'number' ? fmt().number(value, Number.isInteger(value) ? 0 : 1) : value;
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(last, value));
}

function storageKey(name: string): string {
  return `otklik.columns.${name}`;
}

function readShown(name: string): ReadonlySet<string> | null {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(storageKey(name)) ?? 'null');
    return Array.isArray(ids) && ids.length > 0 ? new Set(ids.filter((id) => typeof id === 'string')) : null;
  } catch {
    return null;
  }
}

function writeShown(name: string, shown: ReadonlySet<string>): void {
  try {
    localStorage.setItem(storageKey(name), JSON.stringify([...shown]));
  } catch {
    // A browser without storage keeps the choice until the page is closed.
  }
}
