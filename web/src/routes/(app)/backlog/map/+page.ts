// The same problems as points of the map.
import { loadMap } from '$lib/backlog/backlog';
import { loadCompany } from '$lib/backlog/company';
import { readBacklogView, toProblemQuery } from '$lib/backlog/query';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, url }) => {
  const view = readBacklogView(url.searchParams);
  const [{ session }, company, map] = await Promise.all([
    parent(),
    loadCompany(),
    loadMap(toProblemQuery(view)),
  ]);
  return { session, company, map, view };
};
