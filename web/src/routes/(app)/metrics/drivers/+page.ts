// The definitions of metrics, and the names of what they are taken apart by.
import { loadDefinitions } from '$lib/metrics/wire';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const [, definitions, directory] = await Promise.all([parent(), loadDefinitions(), loadDirectory()]);
  return { definitions, directory };
};
