// The company's own names.
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('settings:directory');
  await parent();
  return { directory: await loadDirectory() };
};
