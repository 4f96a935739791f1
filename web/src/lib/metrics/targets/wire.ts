// Targets, incidents and marks at the API.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { Filter } from '$lib/filters/wire';

export type Progress = components['schemas']['TargetProgress'];
export type Incident = components['schemas']['Incident'];
export type IncidentContent = components['schemas']['IncidentContent'];
export type IncidentKind = components['schemas']['IncidentKind'];
export type Release = components['schemas']['ReleaseOut'];
export type Marks = components['schemas']['TrendMarksOut'];
type WireTarget = components['schemas']['Target'];
type WireTargetOut = components['schemas']['TargetOut'];
type WireContent = components['schemas']['TargetContent'];

/** The API's description knows a filter only as some object. */
export type TargetContent = Omit<WireContent, 'filter' | 'note' | 'unit_id'> & {
  filter: Filter;
  note: string;
  unit_id: string | null;
};
export type TargetVersion = Omit<WireTarget, 'content'> & { content: TargetContent };
export type Target = TargetVersion & { progress: Progress | null; error: string | null };

/** What trends and cards are shown with. */
export type Context = { targets: Target[]; marks: Marks };

export async function loadTargets(): Promise<Target[]> {
  return dataOf(await api.GET('/api/targets')).map((wire: WireTargetOut) => ({
    ...toVersion(wire),
    progress: wire.progress ?? null,
    error: wire.error?.message ?? null,
  }));
}

export async function loadMarks(): Promise<Marks> {
  return dataOf(await api.GET('/api/marks'));
}

export async function loadContext(): Promise<Context> {
  const [targets, marks] = await Promise.all([loadTargets(), loadMarks()]);
  return { targets, marks };
}

export async function loadTargetVersions(id: string): Promise<TargetVersion[]> {
  return dataOf(await api.GET('/api/targets/{id}/versions', { params: { path: { id } } })).map(toVersion);
}

/** A new target, or the next version of the one that was on the screen. */
export async function saveTarget(target: Target | null, content: TargetContent): Promise<void> {
  const body = content as unknown as WireContent;
  if (!target) await api.POST('/api/targets', { body });
  else
    await api.PUT('/api/targets/{id}', {
      params: { path: { id: target.id } },
      body: { version: target.version, content: body },
    });
}

export async function dropTarget({ id, version }: Target): Promise<void> {
  await api.DELETE('/api/targets/{id}/{version}', { params: { path: { id, version } } });
}

export async function saveIncident(incident: Incident | null, content: IncidentContent): Promise<void> {
  if (!incident) await api.POST('/api/incidents', { body: content });
  else
    await api.PUT('/api/incidents/{id}', {
      params: { path: { id: incident.id } },
      body: { version: incident.version, content },
    });
}

export async function deleteIncident({ id }: Incident): Promise<void> {
  await api.DELETE('/api/incidents/{id}', { params: { path: { id } } });
}

function toVersion(wire: WireTarget): TargetVersion {
  const { filter, note, unit_id, ...rest } = wire.content;
  const content = {
    ...rest,
    filter: (filter ?? 'all') as unknown as Filter,
    note: note ?? '',
    unit_id: unit_id ?? null,
  };
  return { ...wire, content };
}
