// Definitions at the API: stored ones, their versions, templates, a look at one that is not stored yet.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { Answer, Definition, Query } from '../wire';
import type { StoredDefinition, WireDraft } from './draft';

export type Version = components['schemas']['MetricVersion'];
type WireQuery = components['schemas']['MetricQuery'];

export async function loadArchived(): Promise<Definition[]> {
  return dataOf(await api.GET('/api/metrics', { params: { query: { archived: true } } }));
}

export async function loadTemplates(): Promise<WireDraft[]> {
  return dataOf(await api.GET('/api/metrics/templates'));
}

export async function loadVersions(code: string): Promise<Version[]> {
  return dataOf(await api.GET('/api/metrics/{code}/versions', { params: { path: { code } } }));
}

export async function createDefinition(body: WireDraft): Promise<StoredDefinition> {
  return dataOf(await api.POST('/api/metrics', { body }));
}

/** The next version, if `version` is still the newest one. */
export async function changeDefinition(version: number, definition: WireDraft): Promise<StoredDefinition> {
  const path = { code: definition.code };
  return dataOf(await api.PUT('/api/metrics/{code}', { params: { path }, body: { version, definition } }));
}

export async function archiveDefinition(code: string): Promise<void> {
  await api.DELETE('/api/metrics/{code}', { params: { path: { code } } });
}

export async function restoreDefinition(code: string): Promise<void> {
  await api.POST('/api/metrics/{code}/restore', { params: { path: { code } } });
}

export async function previewDefinition(
  definition: WireDraft,
  query: Omit<Query, 'metric'>,
  signal: AbortSignal,
): Promise<Answer> {
  const asked = { ...query, metric: definition.code } as unknown as WireQuery;
  return dataOf(await api.POST('/api/metrics/preview', { body: { definition, query: asked }, signal }));
}
