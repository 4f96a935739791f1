// Items of the stream: asking for them, saying by hand what they are about.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { FeedbackQuery } from './query';

export type Feedback = components['schemas']['Feedback'] &
  Partial<Pick<components['schemas']['FeedbackWhole'], 'sentiment_spans'>>;
export type FeedbackHit = components['schemas']['FeedbackOut'];
export type Label = components['schemas']['Label'];
export type Span = components['schemas']['Span'];
export type Tone = components['schemas']['Tone'];
export type Signal = components['schemas']['Signal'];
export type FeedbackPage = { items: FeedbackHit[]; total: number };

export async function queryFeedback(
  query: FeedbackQuery,
  page: { limit: number; offset: number },
  signal?: AbortSignal,
): Promise<FeedbackPage> {
  return dataOf(await api.POST('/api/feedback/query', { body: { ...query, ...page }, signal }));
}

export async function loadFeedback(id: string): Promise<Feedback> {
  return dataOf(await api.GET('/api/feedback/{id}', { params: { path: { id } } }));
}

/** True: it is about this; false: it is not; null: as the rule says. Answers the item as it is now. */
export async function setLabel(id: string, topic: string, applies: boolean | null): Promise<Feedback> {
  await api.PUT('/api/feedback/{id}/labels', { params: { path: { id } }, body: { topic, applies } });
  return loadFeedback(id);
}

/** A person's word on how an item sounds; null leaves it to the model. */
export async function setSentiment(id: string, sentiment: Tone | null): Promise<Feedback> {
  await api.PUT('/api/feedback/{id}/sentiment', { params: { path: { id } }, body: { sentiment } });
  return loadFeedback(id);
}

/** A person's «that is no signal», or that taken back. */
export async function setSignal(id: string, kind: Signal['kind'], dismissed: boolean): Promise<Feedback> {
  await api.PUT('/api/feedback/{id}/signals', { params: { path: { id } }, body: { kind, dismissed } });
  return loadFeedback(id);
}

/** What an item is about now; a person's «not this topic» is no topic of it. */
export function appliedLabels(item: Feedback): Label[] {
  return item.labels.filter((label) => label.applies);
}
