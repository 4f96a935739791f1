// The typed client of the public API. Every failed call throws a `Problem`.
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import createClient, { type Middleware } from 'openapi-fetch';
import { locale } from '$lib/i18n';
import { toProblem } from './problem';
import type { paths } from './schema';

/** The server refuses an unsafe method without it: a foreign page cannot set a header of its own. */
export const CSRF_HEADER = 'x-otklik-csrf';
/** In which language messages are wanted: a script may not rely on the browser's own header. */
export const LANGUAGE_HEADER = 'x-otklik-language';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const requestHeaders: Middleware = {
  onRequest({ request }) {
    request.headers.set(LANGUAGE_HEADER, locale());
    if (!SAFE_METHODS.has(request.method)) request.headers.set(CSRF_HEADER, '1');
    return request;
  },
};

const failures: Middleware = {
  async onResponse({ request, response }) {
    if (response.ok) return response;
    if (response.status === 401 && !isSession(request)) await signInAgain();
    throw toProblem(response.status, await response.json().catch(() => null));
  },
  onError: () => toProblem(0, null),
};

export const api = createClient<paths>({ baseUrl: '' });
api.use(requestHeaders, failures);

/** A session that has ended: sign in, then come back to the same page. */
async function signInAgain(): Promise<void> {
  const { pathname, search } = window.location;
  const query = new URLSearchParams({ then: pathname + search, expired: '' });
  await goto(`${resolve('/sign-in')}?${query}`);
}

/** The question who is signed in, and the wrong password: those who ask deal with the answer. */
function isSession(request: Request): boolean {
  return new URL(request.url).pathname === '/api/session';
}
