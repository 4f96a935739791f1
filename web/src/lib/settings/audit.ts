// An event of the audit trail as a sentence.
import { resolve } from '$app/paths';
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

/** The names that sentences are made with. */
export type Names = { directory: Directory; people: readonly { id: string; name: string }[] };

/** «добавлена тема: «Карты»»; an event without words of ours is shown by its code. */
export function eventWords(row: AuditRow, names: Names): string {
  const words: Record<string, string> = t().audit.events;
  const what = words[row.event] ?? row.event.replaceAll('_', ' ');
  const detail = readDetail(row.detail);
  const name = subjectOf(row, detail, names);
  const named = name ? t().audit.named(what, name) : what;
  const outcome = outcomeOf(row, detail);
  return outcome ? t().audit.counted(named, outcome) : named;
}

/** Where one sees the thing itself. */
export function eventHref(row: AuditRow): string | null {
  switch (row.entity) {
    case 'problem':
      return `${resolve('/backlog')}/${row.entity_id}`;
    case 'import':
      return `${resolve('/voice/imports')}/${row.entity_id}`;
    default:
      return null;
  }
}

/** What it was done with, by name. */
function subjectOf(row: AuditRow, detail: unknown, { directory, people }: Names): string | undefined {
  if (isRecord(detail) && row.event !== 'topic_reclassified') return nameIn(detail);
  if (typeof detail === 'string') return detail;
  if (row.event === 'label_set' && Array.isArray(detail) && typeof detail[0] === 'string')
    return nameValue(directory, 'topic', detail[0]);
  if (row.entity === 'person' && row.entity_id !== row.actor_id)
    return people.find((person) => person.id === row.entity_id)?.name;
  return nameValue(directory, row.entity, row.entity_id);
}

/** What came of it, in numbers. */
function outcomeOf(row: AuditRow, detail: unknown): string | null {
  if (typeof detail === 'number') return number(detail);
  if (!isRecord(detail)) return null;
  if (row.event === 'import_finished')
    return t().audit.counts(number(detail.read), number(detail.new), number(detail.refused));
  if (row.event === 'topic_reclassified') return t().audit.effect(number(detail.gained), number(detail.lost));
  return null;
}

/** What a detail calls its thing, in the reader's language when it has both; a plan by its title. */
function nameIn(detail: Record<string, unknown>): string | undefined {
  const language = locale() === 'ru' ? ['ru', 'en'] : ['en', 'ru'];
  const keys = [
    ...language.map((one) => `name_${one}`),
    ...language.map((one) => `title_${one}`),
    'name',
    'title',
  ];
  const plans = ['solution', 'to', 'by', 'last'].map((key) => detail[key]).filter(isRecord);
  const found = [...keys.map((key) => detail[key]), ...plans.map((plan) => plan.title)];
  return found.find((name): name is string => typeof name === 'string' && name !== '');
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
