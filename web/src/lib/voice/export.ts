// The items behind a view as CSV: everything the list knows of them, page by page.
import type { Column } from '$lib/components/table/types';
import { toCsv } from '$lib/components/table/csv';
import { dimensionLabel, valueLabel } from '$lib/filters/labels';
import { fmt } from '$lib/format';
import { locale, t } from '$lib/i18n';
import { nameValue, type Directory } from './directory';
import { appliedLabels, queryFeedback, type Feedback } from './feedback';
import type { FeedbackQuery } from './query';

const PAGE = 500;
/** What a spreadsheet still opens. */
export const EXPORT_LIMIT = 100_000;

export type ExportProgress = (done: number, total: number) => void;

/** Asks for all pages one after another; stopping throws away what is there. */
export async function exportFeedback(
  query: FeedbackQuery,
  directory: Directory,
  signal: AbortSignal,
  onprogress: ExportProgress,
): Promise<string> {
  const items = new Map<string, Feedback>();
  for (let offset = 0; offset < EXPORT_LIMIT; offset += PAGE) {
    const page = await queryFeedback(query, { limit: PAGE, offset }, signal);
    for (const item of page.items) items.set(item.id, item);
    onprogress(Math.min(offset + page.items.length, page.total), Math.min(page.total, EXPORT_LIMIT));
    if (offset + PAGE >= page.total) break;
  }
  const rows = [...items.values()];
  return toCsv(exportColumns(directory, rows), rows, locale());
}

/** The company's own attributes come last, those that occur. */
export function exportColumns(directory: Directory, rows: readonly Feedback[]): Column<Feedback>[] {
  const words = t().voice.fields;
  const attributes = [...new Set(rows.flatMap((row) => Object.keys(row.attributes)))].sort();
  const id = (dimension: 'source' | 'unit', value: string | null | undefined): string | null =>
    value ? (nameValue(directory, dimension, value) ?? value) : null;
  return [
    column('number', words.number, (row) => row.number),
    column('occurred_at', words.occurred, (row) => fmt().dateTime(row.occurred_at)),
    column('channel', dimensionLabel('channel'), (row) => valueLabel('channel', row.channel)),
    column('source', dimensionLabel('source'), (row) => id('source', row.source_id)),
    column('external_id', words.externalId, (row) => row.external_id),
    column('customer', words.customer, (row) => row.customer_key ?? null),
    column('unit', dimensionLabel('unit'), (row) => id('unit', row.unit_id)),
    column('product', dimensionLabel('product'), (row) => row.product ?? null),
    column('touchpoint', dimensionLabel('touchpoint'), (row) => row.touchpoint ?? null),
    column('segment', dimensionLabel('segment'), (row) => row.segment ?? null),
    column('region', dimensionLabel('region'), (row) => row.region ?? null),
    column('language', dimensionLabel('language'), (row) => valueLabel('language', row.language)),
    column('nps', t().domain.scores.nps, (row) => row.nps ?? null),
    column('csat', t().domain.scores.csat, (row) => row.csat ?? null),
    column('ces', t().domain.scores.ces, (row) => row.ces ?? null),
    column('complaint', dimensionLabel('complaint'), (row) =>
      row.complaint ? t().common.yes : t().common.no,
    ),
    column('topics', words.topics, (row) => topicNames(directory, row)),
    column('title', words.title, (row) => row.title ?? null),
    column('text', words.text, (row) => row.text ?? null),
    ...attributes.map((name) => column(`attribute:${name}`, name, (row) => row.attributes[name] ?? null)),
  ];
}

function column(
  id: string,
  title: string,
  value: (row: Feedback) => string | number | null,
): Column<Feedback> {
  return { id, title, width: 0, value };
}

function topicNames(directory: Directory, item: Feedback): string {
  return appliedLabels(item)
    .map((label) => nameValue(directory, 'topic', label.topic_id) ?? label.topic_id)
    .join(', ');
}
