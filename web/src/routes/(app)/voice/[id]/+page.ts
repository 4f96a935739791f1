// One item, with the names that it speaks in.
import { loadDirectory } from '$lib/voice/directory';
import { loadFeedback } from '$lib/voice/feedback';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, params }) => {
  const [{ session }, directory, item] = await Promise.all([
    parent(),
    loadDirectory(),
    loadFeedback(params.id),
  ]);
  return { session, directory, item };
};
