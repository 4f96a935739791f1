// Numbers from the API: definitions, and answers to questions.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import { toProblem, type Problem } from '$lib/api/problem';
import type { Filter } from '$lib/filters/wire';

/** What one question of a batch is refused with. */
const UNPROCESSABLE = 422;

export type Definition = components['schemas']['MetricOut'];
export type Formula = components['schemas']['MetricFormula'];
export type Counted = components['schemas']['MetricCounted'];
export type Window = components['schemas']['MetricWindow'];
/** Where the answers are kept: one of the three scores, or an attribute of the company. */
export type Answers = components['schemas']['MetricAnswers'];
export type Answer = components['schemas']['MetricAnswer'];
export type Row = components['schemas']['MetricRow'];
export type OtherValue = components['schemas']['MetricOtherValue'];
export type Comparison = components['schemas']['Comparison'];
export type Difference = components['schemas']['Difference'];
export type Refusal = components['schemas']['MetricRefusal'];
export type Warning = components['schemas']['ValidityWarning'];
export type WeightingReport = components['schemas']['WeightingReport'];
export type Note = components['schemas']['MetricNote'];
export type MetricUnit = components['schemas']['MetricUnit'];
export type Preference = components['schemas']['Preference'];
export type DatePeriod = components['schemas']['DatePeriod'];
export type Order = components['schemas']['MetricOrder'];
type WireQuery = components['schemas']['MetricQuery'];

export type Compare = 'previous' | { period: DatePeriod } | { filter: Filter };

/** A question as this screen asks it; the API's description knows a filter only as some object. */
export type Query = Omit<WireQuery, 'filter' | 'compare'> & { filter: Filter; compare?: Compare | null };

export async function loadDefinitions(): Promise<Definition[]> {
  return dataOf(await api.GET('/api/metrics'));
}

export async function queryMetric(query: Query, words: string, signal?: AbortSignal): Promise<Answer> {
  const body = { query: query as unknown as WireQuery, search: words.trim() || null };
  return dataOf(await api.POST('/api/metrics/query', { body, signal }));
}

export type Batched = { answer: Answer; problem: null } | { answer: null; problem: Problem };

/** Many questions in one request, each answered in its place. */
export async function queryMetrics(
  questions: readonly { query: Query; words: string }[],
  signal?: AbortSignal,
): Promise<Batched[]> {
  const asked = questions.map(({ query, words }) => ({
    query: query as unknown as WireQuery,
    search: words.trim() || null,
  }));
  const answers = dataOf(await api.POST('/api/metrics/batch', { body: { questions: asked }, signal }));
  return answers.map(({ answer, error }) =>
    answer
      ? { answer, problem: null }
      : { answer: null, problem: toProblem(UNPROCESSABLE, { error: error ?? {} }) },
  );
}
