// Analyses from the API: what moves a score, and what each topic takes from it.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { Filter } from '$lib/filters/wire';
import type { DatePeriod } from '$lib/metrics/wire';

export type DriverAnswer = components['schemas']['DriverAnswer'];
export type DriverRow = components['schemas']['DriverRow'];
export type DriverName = components['schemas']['DriverName'];
export type DriverKind = components['schemas']['DriverKind'];
export type TopicAnswer = components['schemas']['TopicAnswer'];
export type TopicEffect = components['schemas']['TopicEffect'];

/** A score, narrowed to some answers. */
export type Narrowed = { metric: string; filter: Filter; period: DatePeriod | null; words: string };

export async function findDrivers(
  asked: Narrowed & { by: DriverKind },
  signal: AbortSignal,
): Promise<DriverAnswer> {
  const { metric, period, words, by } = asked;
  const question = { metric, by, period, filter: asked.filter as unknown as Record<string, never> };
  const body = { question, search: words.trim() || null };
  return dataOf(await api.POST('/api/metrics/drivers', { body, signal }));
}

export async function findTopicEffects(asked: Narrowed, signal: AbortSignal): Promise<TopicAnswer> {
  const { metric, period, words } = asked;
  const question = { metric, period, filter: asked.filter as unknown as Record<string, never> };
  const body = { question, search: words.trim() || null };
  return dataOf(await api.POST('/api/metrics/topics', { body, signal }));
}

export type EffectMeasure = components['schemas']['EffectMeasure'];
export type ReleasedPlan = components['schemas']['ReleasedPlanOut'];
type EffectIn = components['schemas']['EffectIn'];
/** A change as this screen asks of it. */
export type Change = Omit<EffectIn, 'filter' | 'control'> & { filter: Filter; control: Filter | null };

export async function measureChange(change: Change, signal: AbortSignal): Promise<EffectMeasure> {
  return dataOf(await api.POST('/api/metrics/effect', { body: change as unknown as EffectIn, signal }));
}

export async function measurePlan(id: string, signal: AbortSignal): Promise<EffectMeasure> {
  return dataOf(await api.GET('/api/solutions/{id}/effect', { params: { path: { id } }, signal }));
}

export async function listReleasedPlans(): Promise<ReleasedPlan[]> {
  return dataOf(await api.GET('/api/metrics/releases'));
}
