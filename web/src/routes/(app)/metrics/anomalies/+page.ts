// The names that anomalies speak in.
import { loadDefinitions } from '$lib/metrics/wire';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const [{ session }, definitions, directory] = await Promise.all([
    parent(),
    loadDefinitions(),
    loadDirectory(),
  ]);
  return { session, definitions, directory };
};
