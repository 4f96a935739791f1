// The checklists that gates start from.
import { listTemplates } from '$lib/backlog/backlog';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:templates');
  const [{ session }, templates] = await Promise.all([parent(), listTemplates()]);
  return { session, templates };
};
