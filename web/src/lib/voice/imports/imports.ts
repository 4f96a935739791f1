// Imports and kept mappings, as the API gives them.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { Issue, Mapping, Preview } from './mapping';

export type Import = components['schemas']['ImportOut'];
export type Format = components['schemas']['Format'];
export type Channel = components['schemas']['Channel'];
export type Profile = components['schemas']['Profile'];
export type ImportRequest = components['schemas']['ImportIn'];

/** With a mapping, its issues say what is wrong with the first rows under it. */
export async function previewImport(
  upload: string,
  format: Format | null,
  tried?: { mapping: Mapping; signal: AbortSignal },
): Promise<Preview> {
  const body = { upload, format, mapping: tried?.mapping };
  return dataOf(await api.POST('/api/imports/preview', { body, signal: tried?.signal }));
}

export async function startImport(request: ImportRequest): Promise<string> {
  return dataOf(await api.POST('/api/imports', { body: request })).id;
}

export async function listProfiles(): Promise<Profile[]> {
  return dataOf(await api.GET('/api/profiles'));
}

export async function saveProfile(
  name: string,
  source: string,
  channel: Channel,
  mapping: Mapping,
): Promise<void> {
  await api.POST('/api/profiles', { body: { name, source, channel, mapping } });
}

export async function deleteProfile(id: string): Promise<void> {
  await api.DELETE('/api/profiles/{id}', { params: { path: { id } } });
}

export async function loadImport(id: string): Promise<Import> {
  return dataOf(await api.GET('/api/imports/{id}', { params: { path: { id } } }));
}

export async function listImports(
  limit: number,
  offset: number,
): Promise<{ items: Import[]; total: number }> {
  return dataOf(await api.GET('/api/imports', { params: { query: { limit, offset } } }));
}

export async function listRefusals(id: string, limit: number, offset: number): Promise<Issue[]> {
  const params = { path: { id }, query: { limit, offset } };
  return dataOf(await api.GET('/api/imports/{id}/refusals', { params }));
}

/** The refused rows as the server words them for a spreadsheet. */
export async function refusalsCsv(id: string): Promise<string> {
  const answer = await api.GET('/api/imports/{id}/refusals.csv', {
    params: { path: { id } },
    parseAs: 'text',
  });
  return dataOf(answer);
}

export async function cancelJob(id: string): Promise<void> {
  await api.POST('/api/jobs/{id}/cancel', { params: { path: { id } } });
}

export async function resumeJob(id: string): Promise<void> {
  await api.POST('/api/jobs/{id}/resume', { params: { path: { id } } });
}

/** Work that still changes by itself. */
export function isUnderWay(state: Import['state']): boolean {
  return state === 'queued' || state === 'running' || state === 'cancelling';
}
