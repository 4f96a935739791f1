// A table as CSV that the reader's own spreadsheet program opens rightly.
import type { Locale } from '$lib/i18n/plural';
import { saveFile } from '../export/save';
import type { CellValue, Column } from './types';

/** Spreadsheets of Russian systems expect a semicolon and a decimal comma. */
const notation: Record<Locale, { delimiter: string; point: string }> = {
  ru: { delimiter: ';', point: ',' },
  en: { delimiter: ',', point: '.' },
};

/** After the decimal point: the hundredth of a percent of a share is still there. */
const DIGITS = 4;

export function toCsv<Row>(columns: Column<Row>[], rows: Row[], locale: Locale): string {
  const { delimiter, point } = notation[locale];
  const cell = (value: CellValue): string => {
    if (value === null) return '';
    if (typeof value === 'number') return String(Number(value.toFixed(DIGITS))).replace('.', point);
    return quote(harmless(value), delimiter);
  };
  const lines = [
    columns.map((column) => cell(column.title)),
    ...rows.map((row) => columns.map((column) => cell(column.value(row)))),
  ];
  return lines.map((line) => line.join(delimiter) + '\r\n').join('');
}

/** Hands a text to the browser as a file; the mark at its start tells spreadsheets that it is UTF-8. */
export function saveCsv(name: string, csv: string): void {
  saveFile(name, 'csv', new Blob(['\ufeff', csv], { type: 'text/csv;charset=utf-8' }));
}

/** A customer's words may begin like a formula: an apostrophe keeps a spreadsheet from running it. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quote(text: string, delimiter: string): string {
  return /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
}
