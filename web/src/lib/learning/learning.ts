// Questions, answers, the model of a topic and its quality: asking the API.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';

export type Question = components['schemas']['LabelQuestion'];
export type Answer = components['schemas']['TopicAnswerIn']['answer'];
export type Quality = components['schemas']['Quality'];
export type Rightness = components['schemas']['Rightness'];
export type Preview = components['schemas']['ModelPreview'];

export async function loadQuestions(topic: string): Promise<Question[]> {
  return dataOf(await api.GET('/api/topics/{id}/questions', { params: { path: { id: topic } } }));
}

/** The job that learns from the answer, where the topic's model is on. */
export async function sendAnswer(topic: string, question: Question, answer: Answer): Promise<string | null> {
  const body = { topic, answer, stratum: question.stratum };
  const params = { path: { id: question.item.id } };
  return dataOf(await api.POST('/api/feedback/{id}/answers', { params, body })).job ?? null;
}

export async function loadQuality(): Promise<Quality> {
  return dataOf(await api.GET('/api/topics/quality'));
}

export async function previewModel(topic: string, precision: number): Promise<Preview> {
  const params = { path: { id: topic } };
  return dataOf(await api.POST('/api/topics/{id}/model/preview', { params, body: { precision } }));
}

/** The job that brings the items in line. */
export async function setModel(topic: string, on: boolean, precision: number): Promise<string | null> {
  const params = { path: { id: topic } };
  return dataOf(await api.PUT('/api/topics/{id}/model', { params, body: { on, precision } })).job ?? null;
}

/** «86 % (74–93 %)», or how many answers are missing. */
export function rightnessWords(
  told: Rightness['precision'],
  have: number,
  needed: number,
): { known: boolean; text: string } {
  const words = t().learning.quality;
  if (!told) return { known: false, text: words.tooFew(Math.min(have, needed), needed) };
  const share = (value: number): string => fmt().percent(value, 0);
  return { known: true, text: words.range(share(told.value), share(told.low), share(told.high)) };
}
