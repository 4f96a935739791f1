// A table as an XLSX file, made by the server: a title, the facts behind the numbers, rows with real numbers.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import { parseNumber } from '$lib/format/parse';
import type { CellValue } from '../table/types';
import type { Fact } from './facts';
import { saveFile } from './save';

export type Table = { title: string; facts: Fact[]; columns: string[]; rows: CellValue[][] };

export async function saveXlsx(table: Table): Promise<void> {
  const made = await api.POST('/api/sheets', { body: table, parseAs: 'blob' });
  saveFile(table.title, 'xlsx', dataOf(made) as unknown as Blob);
}

/** What a chart writes out in words, as a number where it is one. */
export function toCell(text: string): CellValue {
  return parseNumber(text) ?? text;
}
