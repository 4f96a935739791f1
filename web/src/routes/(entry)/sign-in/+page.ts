// Whether there is anybody yet who could sign in.
import { needsAdministrator } from '$lib/session';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  await parent();
  return { isNew: await needsAdministrator() };
};
