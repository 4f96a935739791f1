// The settings open at the company for who keeps it, at one's own account for everybody else.
import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { mayAdminister } from '$lib/rights';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const { session } = await parent();
  redirect(307, `${resolve('/settings')}/${mayAdminister(session) ? 'company' : 'account'}`);
};
