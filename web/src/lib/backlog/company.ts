// The names that the backlog speaks in: people, units, topics, metrics.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { Option } from '$lib/components/controls/option';
import { locale, t } from '$lib/i18n';
import { loadDirectory, nameValue, treeOptions, type Directory } from '$lib/voice/directory';
import type { Metric, Person } from './backlog';

export type Company = { directory: Directory; people: Person[]; metrics: Metric[] };

export async function loadCompany(): Promise<Company> {
  const [directory, people, metrics] = await Promise.all([
    loadDirectory(),
    api.GET('/api/people'),
    api.GET('/api/metrics'),
  ]);
  return { directory, people: dataOf(people), metrics: dataOf(metrics) };
}

export function personName(company: Company, id: string | null | undefined): string {
  if (!id) return '';
  return company.people.find((person) => person.id === id)?.name ?? t().backlog.formerPerson;
}

export function unitName(company: Company, id: string | null | undefined): string {
  return id ? (nameValue(company.directory, 'unit', id) ?? t().backlog.formerUnit) : '';
}

export function topicName(company: Company, id: string): string {
  return nameValue(company.directory, 'topic', id) ?? t().voice.unknownTopic;
}

export function findMetric(company: Company, code: string | null | undefined): Metric | undefined {
  return company.metrics.find((metric) => metric.code === code);
}

export function metricName(company: Company, code: string | null | undefined): string {
  return code ? (findMetric(company, code)?.name[locale()] ?? code) : '';
}

/** Those who can still sign in, and whoever is chosen already. */
export function peopleOptions(company: Company, chosen?: string | null): Option[] {
  return company.people
    .filter((person) => !person.disabled_at || person.id === chosen)
    .map((person) => ({ value: person.id, label: person.name, note: person.email }));
}

export function unitOptions(company: Company): Option[] {
  return treeOptions(company.directory.units);
}

export function topicOptions(company: Company): Option[] {
  return treeOptions(company.directory.topics);
}

export function metricOptions(company: Company): Option[] {
  return company.metrics.map((metric) => ({ value: metric.code, label: metric.name[locale()] }));
}

/** A choice that may be left empty. */
export function withNobody(options: Option[]): Option[] {
  return [{ value: '', label: t().common.noValue }, ...options];
}
