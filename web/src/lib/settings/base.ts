// The customer base as a text that people paste from a spreadsheet.
import type { components } from '$lib/api/schema';
import { parseNumber } from '$lib/format/parse';
import type { Unit } from '$lib/voice/directory';

export type BaseRow = components['schemas']['BaseRow'];
export type BaseSlice = Pick<BaseRow, 'unit_id' | 'product' | 'segment' | 'region'>;

export type BaseIssue =
  | { code: 'no_month_column' }
  | { code: 'no_number_column' }
  | { code: 'unknown_column'; column: string }
  | { code: 'bad_month'; line: number; value: string }
  | { code: 'bad_number'; line: number; value: string }
  | { code: 'unknown_unit'; line: number; value: string }
  | { code: 'no_numbers'; line: number };

const numbers = ['customers', 'transactions', 'contracts', 'invitations', 'starts'] as const;
export type BaseNumber = (typeof numbers)[number];
export type BaseColumn = 'month' | keyof BaseSlice | BaseNumber;

/** How people call the columns, in both languages. */
const columnNames: Record<BaseColumn, readonly string[]> = {
  month: ['month', 'месяц'],
  unit_id: ['unit', 'подразделение', 'путь', 'клиентский путь'],
  product: ['product', 'продукт'],
  segment: ['segment', 'сегмент'],
  region: ['region', 'регион'],
  customers: ['customers', 'клиенты', 'клиентов', 'активные клиенты'],
  transactions: ['transactions', 'операции', 'операций'],
  contracts: ['contracts', 'договоры', 'договоров'],
  invitations: ['invitations', 'приглашения', 'приглашений'],
  starts: ['starts', 'начатые анкеты', 'начато анкет'],
};

/** The rows that can be written, and what is wrong with the others. */
export function parseBase(text: string, units: readonly Unit[]): { rows: BaseRow[]; issues: BaseIssue[] } {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const first = lines.findIndex((line) => line.trim() !== '');
  const head = lines[first];
  if (head === undefined) return { rows: [], issues: [] };
  const delimiter = delimiterOf(head);
  const issues: BaseIssue[] = [];
  const columns = cellsOf(head, delimiter).map((name) => {
    const column = columnOf(name);
    if (column === null && name !== '') issues.push({ code: 'unknown_column', column: name });
    return column;
  });
  if (!columns.includes('month')) issues.push({ code: 'no_month_column' });
  if (!numbers.some((name) => columns.includes(name))) issues.push({ code: 'no_number_column' });
  if (issues.some((issue) => issue.code !== 'unknown_column')) return { rows: [], issues };
  const rows: BaseRow[] = [];
  for (const [index, line] of lines.entries()) {
    if (index <= first || line.trim() === '') continue;
    const read = readRow(cellsOf(line, delimiter), columns, index + 1, units);
    if (Array.isArray(read)) issues.push(...read);
    else rows.push(read);
  }
  return { rows, issues };
}

/** «2026-11», «11.2026», «2026-11-01», «01.11.2026» → «2026-11». */
export function parseMonth(text: string): string | null {
  const wire = /^(\d{4})-(\d{1,2})(-\d{1,2})?$/.exec(text);
  const typed = /^(?:\d{1,2}[./])?(\d{1,2})[./](\d{4})$/.exec(text);
  const [year, month] = wire ? [wire[1], wire[2]] : [typed?.[2], typed?.[1]];
  if (!year || !month || Number(month) < 1 || Number(month) > 12) return null;
  return `${year}-${month.padStart(2, '0')}`;
}

function readRow(
  cells: readonly string[],
  columns: readonly (BaseColumn | null)[],
  line: number,
  units: readonly Unit[],
): BaseRow | BaseIssue[] {
  const get = (name: BaseColumn): string => cells[columns.indexOf(name)] ?? '';
  const issues: BaseIssue[] = [];
  const month = parseMonth(get('month'));
  if (month === null) issues.push({ code: 'bad_month', line, value: get('month') });
  const unit = unitOf(get('unit_id'), units);
  if (unit === null) issues.push({ code: 'unknown_unit', line, value: get('unit_id') });
  const counts = numbers.map((name) => {
    const value = get(name);
    const count = value === '' ? null : parseNumber(value);
    if (value !== '' && (count === null || count < 0 || !Number.isInteger(count)))
      issues.push({ code: 'bad_number', line, value });
    return count;
  });
  if (counts.every((count) => count === null) && issues.length === 0)
    issues.push({ code: 'no_numbers', line });
  if (issues.length > 0 || month === null || unit === null) return issues;
  const [customers = null, transactions = null, contracts = null, invitations = null, starts = null] = counts;
  return {
    month,
    unit_id: unit,
    product: get('product'),
    segment: get('segment'),
    region: get('region'),
    customers,
    transactions,
    contracts,
    invitations,
    starts,
  };
}

/** A unit by its code, id or either name; empty is the whole company. */
function unitOf(name: string, units: readonly Unit[]): string | null {
  if (name === '') return '';
  const wanted = name.toLowerCase();
  const unit = units.find((known) =>
    [known.id, known.code, known.name_ru, known.name_en].some((one) => one.toLowerCase() === wanted),
  );
  return unit?.id ?? null;
}

function columnOf(name: string): BaseColumn | null {
  const wanted = name.toLowerCase();
  const found = Object.entries(columnNames).find(([, names]) => names.includes(wanted));
  return found ? (found[0] as BaseColumn) : null;
}

/** A tab comes from a spreadsheet's clipboard, a semicolon from a Russian one's CSV. */
function delimiterOf(head: string): string {
  return ['\t', ';'].find((delimiter) => head.includes(delimiter)) ?? ',';
}

function cellsOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}
