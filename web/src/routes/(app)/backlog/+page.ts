// The rows that the address asks for, with the names that they speak in.
import { queryProblems } from '$lib/backlog/backlog';
import { loadCompany } from '$lib/backlog/company';
import { readBacklogView, toProblemQuery } from '$lib/backlog/query';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, url }) => {
  const view = readBacklogView(url.searchParams);
  const [{ session }, company, rows] = await Promise.all([
    parent(),
    loadCompany(),
    queryProblems(toProblemQuery(view)),
  ]);
  return { session, company, rows, view };
};
