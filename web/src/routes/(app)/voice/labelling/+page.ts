// The topics, and how right each of them is.
import { loadQuality } from '$lib/learning/learning';
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('voice:labelling');
  await parent();
  const [directory, quality] = await Promise.all([loadDirectory(), loadQuality()]);
  return { directory, quality };
};
