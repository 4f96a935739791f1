// The names that the stream speaks in, and whether there is anything to read yet.
import { loadDirectory } from '$lib/voice/directory';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, depends }) => {
  depends('voice:directory');
  const [{ session }, directory] = await Promise.all([parent(), loadDirectory()]);
  return { session, directory };
};
