// The topic tree, and how many items each branch has.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { Topic } from '$lib/voice/directory';
import { queryFeedback } from '$lib/voice/feedback';
import { onWire, topicFilter } from '$lib/voice/query';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:topics');
  await parent();
  const [topics, values] = await Promise.all([
    api.GET('/api/topics'),
    api.GET('/api/dimensions/{dimension}', { params: { path: { dimension: 'topic' } } }),
  ]);
  const own = new Map(dataOf(values).map(({ value, count }) => [value, count]));
  const branches = await countBranches(dataOf(topics));
  return { topics: dataOf(topics), counted: new Map([...own, ...branches]) };
};

/** An item may have several topics of a branch: it is counted once, as the list behind the number shows it. */
async function countBranches(topics: readonly Topic[]): Promise<[string, number][]> {
  const parents = new Set(topics.filter((topic) => !topic.archived_at).map((topic) => topic.parent_id));
  return Promise.all(
    topics
      .filter((topic) => parents.has(topic.id))
      .map(async ({ id }): Promise<[string, number]> => {
        const page = await queryFeedback({ filter: onWire(topicFilter(id)) }, { limit: 0, offset: 0 });
        return [id, page.total];
      }),
  );
}
