// Who is signed in: asking, signing in and out, the first administrator.
import { api } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import type { Administrator } from '$lib/entry/administrator';
import { useTimeZone } from '$lib/format';

export type Session = components['schemas']['SessionOut'];

/** Throws a `Problem` of status 401 when nobody is signed in. */
export async function loadSession(): Promise<Session> {
  return begin(await api.GET('/api/v1/session'));
}

export async function signIn(email: string, password: string): Promise<Session> {
  return begin(await api.POST('/api/v1/session', { body: { email, password } }));
}

export async function signOut(): Promise<void> {
  await api.DELETE('/api/v1/session');
}

/** Needs the token of the address that the first start prints. */
export async function createAdministrator(token: string, administrator: Administrator): Promise<Session> {
  return begin(await api.POST('/api/v1/setup', { body: { token, ...administrator } }));
}

/** Only an address of this site may follow a sign-in. */
export function safeTarget(then: string | null): string | null {
  return then !== null && /^\/(?![/\\])/.test(then) ? then : null;
}

function begin(answer: { data?: Session }): Session {
  if (!answer.data) throw new Error('the client throws when there is no session');
  useTimeZone(answer.data.time_zone);
  return answer.data;
}
