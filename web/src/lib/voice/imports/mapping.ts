// What each column of a file becomes, while a person corrects it.
import type { components } from '$lib/api/schema';

export type Mapping = components['schemas']['Mapping'];
export type ColumnMap = components['schemas']['ColumnMap'];
/** As the client gives it: pairs arrive as lists. */
export type Preview = Omit<components['schemas']['PreviewOut'], 'rows'> & {
  rows: { line: number; cells: string[]; extra?: string[][] }[];
};
export type Issue = components['schemas']['Issue'];

/** The fields of an item, in the order in which people look for them. */
export const fields = [
  'external_id',
  'occurred_at',
  'text',
  'title',
  'nps',
  'csat',
  'ces',
  'complaint',
  'customer',
  'channel',
  'unit',
  'product',
  'touchpoint',
  'segment',
  'region',
  'language',
] as const;
export type FieldName = (typeof fields)[number];

/** Of these an item has to have at least one, or it says nothing. */
const saying: readonly string[] = ['text', 'title', 'nps', 'csat', 'ces', 'complaint'] satisfies FieldName[];

const ATTRIBUTE = 'attribute:';

export type Target =
  { kind: 'field'; field: FieldName } | { kind: 'attribute'; name: string } | { kind: 'ignore' };

export function readTarget(to: string): Target {
  const field = fields.find((known) => known === to);
  if (field) return { kind: 'field', field };
  return to === 'ignore' ? { kind: 'ignore' } : { kind: 'attribute', name: to.replace(ATTRIBUTE, '') };
}

export function writeTarget(target: Target): string {
  switch (target.kind) {
    case 'field':
      return target.field;
    case 'attribute':
      return ATTRIBUTE + target.name;
    case 'ignore':
      return 'ignore';
  }
}

/** Sets one column; the column that held the same field becomes an attribute under its own name. */
export function withTarget(columns: readonly ColumnMap[], column: string, target: Target): ColumnMap[] {
  const to = writeTarget(target);
  return columns.map((map) => {
    if (map.column === column) return { column, to };
    return target.kind === 'field' && map.to === to ? { ...map, to: ATTRIBUTE + map.column } : map;
  });
}

/** The kept mapping on the columns of this file; a column it does not know keeps what was proposed. */
export function applyKept(proposed: readonly ColumnMap[], kept: readonly ColumnMap[]): ColumnMap[] {
  return kept
    .filter((map) => proposed.some((known) => known.column === map.column))
    .reduce<ColumnMap[]>(
      (columns, map) => withTarget(columns, map.column, readTarget(map.to)),
      [...proposed],
    );
}

export type MappingIssue =
  { code: 'nothing_said' } | { code: 'nameless'; column: string } | { code: 'no_id' } | { code: 'no_date' };

/** What is wrong with a mapping, and what is only worth knowing. */
export function checkMapping(columns: readonly ColumnMap[]): {
  errors: MappingIssue[];
  notes: MappingIssue[];
} {
  const has = (field: string): boolean => columns.some((map) => map.to === field);
  const nameless = columns.filter((map) => map.to.trim() === ATTRIBUTE);
  const errors: MappingIssue[] = nameless.map(({ column }) => ({ code: 'nameless', column }));
  if (!saying.some(has)) errors.push({ code: 'nothing_said' });
  const notes: MappingIssue[] = [];
  if (!has('external_id')) notes.push({ code: 'no_id' });
  if (!has('occurred_at')) notes.push({ code: 'no_date' });
  return { errors, notes };
}

/** The first values of a column that say something. */
export function samples(preview: Pick<Preview, 'columns' | 'rows'>, column: string, count: number): string[] {
  const index = preview.columns.names.indexOf(column);
  const values = preview.rows.map(
    (row) => row.cells[index] ?? row.extra?.find(([name]) => name === column)?.[1] ?? '',
  );
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))].slice(0, count);
}
