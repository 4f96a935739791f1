// The customer base and the units that its rows name.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:base');
  await parent();
  const [base, units] = await Promise.all([api.GET('/api/base'), api.GET('/api/units')]);
  return { base: dataOf(base), units: dataOf(units) };
};
