// The sources and mappings that are there already.
import { dataOf } from '$lib/api/data';
import { api } from '$lib/api/client';
import { listProfiles } from '$lib/voice/imports/imports';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  await parent();
  const [sources, profiles] = await Promise.all([api.GET('/api/sources'), listProfiles()]);
  return { sources: dataOf(sources), profiles };
};
