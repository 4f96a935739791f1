// Tables: sorting, columns, groups, editing, export.
import type { Dictionary } from '../dictionary';
import { counted } from '../plural';

export const table: Dictionary['table'] = {
  columns: 'Columns',
  export: 'Export CSV',
  groupBy: 'Group by',
  noGroup: 'No groups',
  sortAscending: 'Ascending',
  sortDescending: 'Descending',
  sortNone: 'Not sorted',
  empty: 'No rows',
  editCell: (column) => `Edit: ${column}`,
  expand: 'Expand the group',
  collapse: 'Collapse the group',
  saving: 'Saving',
  notSaved: 'Not saved. The earlier value is in place; you can enter yours again.',
  rowCount: (count) => counted.en(count, { one: 'row', other: 'rows' }),
};
