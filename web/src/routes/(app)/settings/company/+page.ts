// What holds for the whole company.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  await parent();
  return { company: dataOf(await api.GET('/api/company')) };
};
