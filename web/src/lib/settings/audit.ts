// An event of the audit trail as a sentence.
import type { components } from '$lib/api/schema';
import { fmt } from '$lib/format';
import { locale, t } from '$lib/i18n';
import { nameValue, type Directory } from '$lib/voice/directory';

export type AuditRow = components['schemas']['AuditRow'];

/** Whose doing it was. */
export function actorWords(row: AuditRow): string {
  if (row.actor_name) return row.actor_name;
  if (row.actor_kind === 'system') return t().audit.system;
  return row.actor_kind === 'operator' ? t().audit.operator : t().audit.somebody;
}

/** «добавлена тема: «Карты»»; an event without words of ours is shown by its code. */
export function eventWords(row: AuditRow, directory: Directory): string {
  const words: Record<string, string> = t().audit.events;
  const what = words[row.event] ?? row.event.replaceAll('_', ' ');
  const detail = readDetail(row.detail);
  const subject = subjectOf(row, detail, directory);
  return subject === null ? what : subject(what);
}

function subjectOf(row: AuditRow, detail: unknown, directory: Directory): ((what: string) => string) | null {
  const named = (name: string | undefined) => (name ? (what: string) => t().audit.named(what, name) : null);
  const counted = (text: string) => (what: string) => t().audit.counted(what, text);
  if (isRecord(detail)) {
    if (row.event === 'import_finished' && hasNumbers(detail, ['read', 'new', 'refused']))
      return counted(t().audit.counts(number(detail.read), number(detail.new), number(detail.refused)));
    if (row.event === 'topic_reclassified' && hasNumbers(detail, ['gained', 'lost'])) {
      const effect = t().audit.effect(number(detail.gained), number(detail.lost));
      const name = nameValue(directory, 'topic', row.entity_id);
      return (what) => t().audit.counted(name ? t().audit.named(what, name) : what, effect);
    }
    return named(nameIn(detail));
  }
  if (typeof detail === 'number') return counted(number(detail));
  if (typeof detail === 'string') return named(detail);
  if (row.entity === 'topic' || row.entity === 'unit' || row.entity === 'source')
    return named(nameValue(directory, row.entity, row.entity_id));
  if (row.event === 'label_set' && Array.isArray(detail) && typeof detail[0] === 'string')
    return named(nameValue(directory, 'topic', detail[0]));
  return null;
}

/** What a detail calls its thing, in the reader's language when it has both. */
function nameIn(detail: Record<string, unknown>): string | undefined {
  const order = locale() === 'ru' ? ['name_ru', 'name_en'] : ['name_en', 'name_ru'];
  const names = [...order, 'name', 'title'].map((key) => detail[key]);
  return names.find((name): name is string => typeof name === 'string' && name !== '');
}

function hasNumbers(detail: Record<string, unknown>, names: string[]): boolean {
  return names.every((name) => typeof detail[name] === 'number');
}

function number(value: unknown): string {
  return fmt().number(typeof value === 'number' ? value : null);
}

function readDetail(detail: string): unknown {
  try {
    return JSON.parse(detail);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
