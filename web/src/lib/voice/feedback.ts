// Items of the stream: asking for them, saying by hand what they are about.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { FeedbackQuery } from './query';

export type Feedback = components['schemas']['Feedback'];
export type FeedbackHit = components['schemas']['FeedbackOut'];
export type Label = components['schemas']['Label'];
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

/** What an item is about now; a person's «not this topic» is no topic of it. */
export function appliedLabels(item: Feedback): Label[] {
  return item.labels.filter((label) => label.applies);
}
