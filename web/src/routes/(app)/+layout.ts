// Every page inside the frame needs somebody who is signed in.
import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { Problem } from '$lib/api/problem';
import { loadSession } from '$lib/session';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent, url }) => {
  await parent();
  try {
    return { session: await loadSession() };
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) {
      redirect(307, `${resolve('/sign-in')}?${new URLSearchParams({ then: url.pathname + url.search })}`);
    }
    throw problem;
  }
};
