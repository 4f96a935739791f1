// What holds for the whole company.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import { listCurrencies } from '$lib/settings/currencies';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  await parent();
  const [company, currencies] = await Promise.all([api.GET('/api/company'), listCurrencies()]);
  return { company: dataOf(company), currencies };
};
