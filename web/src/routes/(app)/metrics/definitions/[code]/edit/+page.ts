// A metric in all its versions, and the names of those who changed it.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import { loadVersions } from '$lib/metrics/definitions/definitions';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, params, depends }) => {
  depends('metrics:definition');
  const [, versions, directory, people] = await Promise.all([
    parent(),
    loadVersions(params.code),
    loadDirectory(),
    api.GET('/api/people'),
  ]);
  return { versions, directory, people: dataOf(people) };
};
