// What the forms before the product check before they ask the server.
import { t } from '$lib/i18n';

export type PasswordPair = { password: string; repeat: string };
export type Administrator = { name: string; email: string; password: string };
export type AdministratorForm = Administrator & PasswordPair;

type Errors<Form> = Partial<Record<keyof Form, string>>;

const SHORTEST_PASSWORD = 12;

export function checkAdministrator(form: AdministratorForm): Errors<AdministratorForm> {
  const words = t().entry.start;
  const errors: Errors<AdministratorForm> = checkPasswords(form);
  if (form.name.trim() === '') errors.name = words.required;
  if (!/^\S+@\S+\.\S+$/.test(form.email.trim())) errors.email = words.emailFormat;
  return errors;
}

/** Length counts characters as people see them, not bytes. */
export function checkPasswords({ password, repeat }: PasswordPair): Errors<PasswordPair> {
  const words = t().entry.start;
  if (Array.from(password).length < SHORTEST_PASSWORD) return { password: words.tooShort };
  return password === repeat ? {} : { repeat: words.mismatch };
}
