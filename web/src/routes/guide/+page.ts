// Every component on one page, for developers and browser tests; not in the shipped build.
import { error } from '@sveltejs/kit';

export async function load() {
  if (import.meta.env.MODE !== 'production') {
    return { Guide: (await import('$lib/guide/Guide.svelte')).default };
  }
  error(404);
}
