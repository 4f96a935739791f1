// What the form of the first start checks before it asks the server.
import { t } from '$lib/i18n';

export type Administrator = { name: string; email: string; password: string };
export type AdministratorForm = Administrator & { repeat: string };
export type AdministratorErrors = Partial<Record<keyof AdministratorForm, string>>;

export const SHORTEST_PASSWORD = 12;

export function checkAdministrator(form: AdministratorForm): AdministratorErrors {
  const words = t().entry.setup;
  const errors: AdministratorErrors = {};
  if (form.name.trim() === '') errors.name = words.required;
  if (!/^\S+@\S+\.\S+$/.test(form.email.trim())) errors.email = words.emailFormat;
  if (Array.from(form.password).length < SHORTEST_PASSWORD) errors.password = words.tooShort;
  else if (form.password !== form.repeat) errors.repeat = words.mismatch;
  return errors;
}
