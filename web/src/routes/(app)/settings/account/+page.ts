// One's own sessions and tokens.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:account');
  await parent();
  const [sessions, tokens] = await Promise.all([api.GET('/api/sessions'), api.GET('/api/tokens')]);
  return { sessions: dataOf(sessions), tokens: dataOf(tokens) };
};
