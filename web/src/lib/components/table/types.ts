// What a table is told about its columns.
import type { Snippet } from 'svelte';
import type { Option } from '../controls/option';

export type CellValue = string | number | null;

export type CellEdit<Row> =
  | { kind: 'text'; read: (row: Row) => string; save: (row: Row, value: string) => Promise<void> }
  | {
      kind: 'number';
      digits?: number;
      min?: number;
      max?: number;
      read: (row: Row) => number | null;
      save: (row: Row, value: number | null) => Promise<void>;
    }
  | {
      kind: 'select';
      options: Option[];
      read: (row: Row) => string;
      save: (row: Row, value: string) => Promise<void>;
    };

export type Column<Row> = {
  id: string;
  title: string;
  /** Pixels; a column that grows takes what is left over, in proportion. */
  width: number;
  grow?: number;
  align?: 'start' | 'end';
  /** What is sorted, grouped and exported. */
  value: (row: Row) => CellValue;
  /** The value in words; without it, numbers are formatted and text is shown as it is. */
  text?: (row: Row) => string;
  /** What the cell draws, when words are not enough. */
  cell?: Snippet<[Row]>;
  edit?: CellEdit<Row>;
  sortable?: boolean;
  groupable?: boolean;
  /** Not shown until the reader chooses it. */
  hidden?: boolean;
};

export type Sort = { column: string; descending: boolean };

export type Line<Row> =
  | { kind: 'row'; key: string; row: Row }
  | { kind: 'group'; key: string; label: string; count: number; collapsed: boolean };

export type CellPlace = { line: number; column: number };
