// How a file is read, in words, and the choices by which a person corrects it.
import type { Option } from '$lib/components/controls/option';
import { t } from '$lib/i18n';
import type { Format } from './imports';
import type { Mapping } from './mapping';

export type Csv = Extract<Format, { kind: 'csv' }>;
export type DateFormat = NonNullable<Mapping['date_format']>;
export type Decimal = NonNullable<Mapping['decimal']>;

const kinds: Record<Format['kind'], string> = {
  csv: 'CSV',
  xlsx: 'XLSX',
  json: 'JSON',
  json_lines: 'JSON Lines',
};

const encodings = ['UTF-8', 'windows-1251', 'UTF-16LE', 'UTF-16BE', 'IBM866', 'KOI8-R'];

/** «CSV, разделитель — точка с запятой, кодировка windows-1251, первая строка — названия колонок». */
export function formatWords(format: Format): string {
  const words = t().imports.format;
  const parts = [kinds[format.kind]];
  if (format.kind === 'csv') {
    parts.push(words.delimiterIs(delimiterWord(format.delimiter)));
    parts.push(format.header ? words.withHeader : words.withoutHeader);
  }
  if (format.kind === 'xlsx') parts.push(words.sheetIs(format.sheet));
  if (format.kind === 'json' && format.items) parts.push(words.itemsUnder(format.items));
  if (format.kind !== 'xlsx') parts.push(words.encodingIs(format.encoding));
  if (format.compression === 'gzip') parts.push(words.packed);
  return parts.join(', ');
}

export function kindOptions(): Option[] {
  return Object.entries(kinds).map(([value, label]) => ({ value, label }));
}

export function encodingOptions(current: string): Option[] {
  const known = encodings.some((encoding) => encoding.toLowerCase() === current.toLowerCase());
  return (known ? encodings : [current, ...encodings]).map((value) => ({ value, label: value }));
}

export function delimiterOptions(): Option[] {
  return [',', ';', '\t', '|'].map((value) => ({ value, label: delimiterWord(value) }));
}

export function dateFormatOptions(): Option[] {
  return Object.entries(t().imports.dateFormats).map(([value, label]) => ({ value, label }));
}

export function decimalOptions(): Option[] {
  return Object.entries(t().imports.decimals).map(([value, label]) => ({ value, label }));
}

/** The same file read as another kind, with that kind's usual settings. */
export function asKind(format: Format, kind: Format['kind']): Format {
  const { encoding, bom, compression } = format;
  const rest = { encoding, bom, compression };
  switch (kind) {
    case 'csv':
      return { kind, delimiter: ',', quote: '"', header: true, ...rest };
    case 'xlsx':
      return { kind, sheet: '', ...rest };
    case 'json':
      return { kind, items: null, ...rest };
    case 'json_lines':
      return { kind, ...rest };
  }
}

function delimiterWord(delimiter: string): string {
  const words = t().imports.format.delimiters;
  switch (delimiter) {
    case ',':
      return words.comma;
    case ';':
      return words.semicolon;
    case '\t':
      return words.tab;
    case '|':
      return words.bar;
    default:
      return `«${delimiter}»`;
  }
}
