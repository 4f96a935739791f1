// My rules, how I am told, and the names that rules are worded with.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import { loadDefinitions } from '$lib/metrics/wire';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:notifications');
  const [, rules, settings, definitions, directory] = await Promise.all([
    parent(),
    api.GET('/api/alert-rules'),
    api.GET('/api/notification-settings'),
    loadDefinitions(),
    loadDirectory(),
  ]);
  return { rules: dataOf(rules), settings: dataOf(settings), definitions, directory };
};
