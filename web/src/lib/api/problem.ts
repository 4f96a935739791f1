// What the API answers when something is wrong, as an error that pages can act on.
import { t } from '$lib/i18n';

/** `{ "error": { "code", "message", "fields" } }`, or a failure to reach the server at all. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly code: string,
    message: string,
    /** By field name: what is wrong with it, in the reader's language. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Reads the error of an answer; a body that is not ours gets words by its status. */
export function toProblem(status: number, body: unknown): Problem {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const code = typeof error.code === 'string' ? error.code : `http_${status}`;
  const message =
    typeof error.message === 'string' && error.message ? error.message : messageByStatus(status);
  return new Problem(status, code, message, readFields(error.fields));
}

/** What to tell the reader about anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Problem ? error.message : t().errors.unexpected;
}

/** Runs a form's action: field errors come back for the fields, anything else is thrown on. */
export async function fieldErrors(action: () => Promise<void>): Promise<Readonly<Record<string, string>>> {
  try {
    await action();
    return {};
  } catch (error) {
    if (error instanceof Problem && Object.keys(error.fields).length > 0) return error.fields;
    throw error;
  }
}

function messageByStatus(status: number): string {
  const { errors } = t();
  switch (status) {
    case 0:
    case 502:
    case 503:
    case 504:
      return errors.network;
    case 403:
      return errors.forbidden;
    case 404:
      return errors.notFound;
    case 409:
    case 412:
      return errors.conflict;
    case 413:
      return errors.tooLarge;
    case 429:
      return errors.tooMany;
    default:
      return errors.unexpected;
  }
}

function readFields(fields: unknown): Record<string, string> {
  if (!isRecord(fields)) return {};
  const pairs = Object.entries(fields).map(([name, value]) => [
    name,
    Array.isArray(value) ? value[0] : value,
  ]);
  return Object.fromEntries(pairs.filter(([, value]) => typeof value === 'string'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
