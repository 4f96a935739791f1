// The topic tree, and how many items each topic has.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:topics');
  await parent();
  const [topics, counts] = await Promise.all([
    api.GET('/api/topics'),
    api.GET('/api/dimensions/{dimension}', { params: { path: { dimension: 'topic' } } }),
  ]);
  const counted = new Map(dataOf(counts).map(({ value, count }) => [value, count]));
  return { topics: dataOf(topics), counted };
};
