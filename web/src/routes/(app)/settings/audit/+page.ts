// The names by which the audit trail speaks, and who can be asked about.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  await parent();
  const [people, directory] = await Promise.all([api.GET('/api/people'), loadDirectory()]);
  return { people: dataOf(people), directory };
};
