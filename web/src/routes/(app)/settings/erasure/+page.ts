// The receipts so far.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:erasures');
  await parent();
  return { receipts: dataOf(await api.GET('/api/erasures')) };
};
