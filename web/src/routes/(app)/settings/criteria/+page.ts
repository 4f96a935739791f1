// The formula that ranks the backlog.
import { loadCriteria } from '$lib/backlog/backlog';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:criteria');
  const [{ session }, criteria] = await Promise.all([parent(), loadCriteria()]);
  return { session, criteria };
};
