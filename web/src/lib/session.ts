// Who is signed in: asking, coming in by each of the doors, leaving, changing the language.
import { api } from '$lib/api/client';
import { dataOf } from '$lib/api/data';
import type { components } from '$lib/api/schema';
import type { Administrator } from '$lib/entry/checks';
import { useCompany } from '$lib/format';
import { locale, setLocale, type Locale } from '$lib/i18n';

export type Session = components['schemas']['SessionOut'];
export type Invitation = components['schemas']['InvitationOut'];

/** Throws a `Problem` of status 401 when nobody is signed in. */
export async function loadSession(): Promise<Session> {
  const session = dataOf(await api.GET('/api/session'));
  const company = dataOf(await api.GET('/api/company'));
  useCompany({ timeZone: company.time_zone, currency: company.currency });
  const { language } = session;
  if ((language === 'ru' || language === 'en') && language !== locale()) await setLocale(language);
  return session;
}

export async function signIn(email: string, password: string): Promise<void> {
  await api.POST('/api/session', { body: { email, password } });
}

export async function signOut(): Promise<void> {
  await api.DELETE('/api/session');
}

/** True while nobody has been created yet. */
export async function needsAdministrator(): Promise<boolean> {
  return dataOf(await api.GET('/api/start')).needs_administrator;
}

/** Needs the token of the address that the first start prints. */
export async function createAdministrator(token: string, administrator: Administrator): Promise<void> {
  await api.POST('/api/start', { body: { token, language: locale(), ...administrator } });
}

export async function loadInvitation(token: string): Promise<Invitation> {
  return dataOf(await api.GET('/api/invitations/{token}', { params: { path: { token } } }));
}

export async function acceptInvitation(token: string, password: string): Promise<void> {
  await api.POST('/api/invitations/{token}', { params: { path: { token } }, body: { password } });
}

/** Shows the language at once and keeps it in the profile. */
export async function chooseLanguage(session: Session, language: Locale): Promise<void> {
  await setLocale(language);
  await api.PUT('/api/profile', { body: { name: session.name, language } });
}

/** Only an address of this site may follow a sign-in. */
export function safeTarget(then: string | null): string | null {
  return then !== null && /^\/(?![/\\])/.test(then) ? then : null;
}
