// Whose invitation it is; null when it was used or has run out.
import { Problem } from '$lib/api/problem';
import { loadInvitation } from '$lib/session';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, params }) => {
  await parent();
  try {
    return { invitation: await loadInvitation(params.token) };
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return { invitation: null };
    throw problem;
  }
};
