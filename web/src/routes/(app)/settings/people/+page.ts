// Everybody, and the units in which they have roles.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:people');
  await parent();
  const [people, units] = await Promise.all([api.GET('/api/people'), api.GET('/api/units')]);
  return { people: dataOf(people), units: dataOf(units) };
};
