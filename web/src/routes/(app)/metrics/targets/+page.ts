// Targets with the way that is left, and the register of incidents.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import { loadContext } from '$lib/metrics/targets/wire';
import { loadDefinitions } from '$lib/metrics/wire';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('metrics:targets');
  const [, context, definitions, directory, people] = await Promise.all([
    parent(),
    loadContext(),
    loadDefinitions(),
    loadDirectory(),
    api.GET('/api/people'),
  ]);
  return { ...context, definitions, directory, people: dataOf(people) };
};
