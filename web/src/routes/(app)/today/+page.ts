// Who is here, and the names that events and metrics speak in.
import { loadCompany } from '$lib/backlog/company';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const [{ session }, company] = await Promise.all([parent(), loadCompany()]);
  return { session, company };
};
