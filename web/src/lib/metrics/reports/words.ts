// When a report goes out, in words.
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import type { Format, Recipient, Rhythm } from './wire';

/** The same in every language. */
export const formatNames: Record<Format, string> = { pdf: 'PDF', xlsx: 'XLSX' };

/** «по понедельникам в 09:00». */
export function rhythmWords(rhythm: Rhythm, time: string): string {
  return t().reports.at(daysWords(rhythm), time);
}

function daysWords(rhythm: Rhythm): string {
  const words = t().reports;
  switch (rhythm.every) {
    case 'week':
      return words.onWeekday[rhythm.weekday - 1] ?? '';
    case 'month':
      return words.onDay(fmt().number(rhythm.day));
    default:
      return words.rhythms[rhythm.every].toLowerCase();
  }
}

/** «Мария Ветрова и Олег Сухов». */
export function peopleWords(ids: readonly string[], known: readonly Recipient[]): string {
  if (ids.length === 0) return t().reports.nobody;
  return fmt().list(ids.map((id) => known.find((one) => one.id === id)?.name ?? t().reports.gone));
}
