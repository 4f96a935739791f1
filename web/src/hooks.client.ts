// What a page is told about an error that stopped it from opening.
import type { HandleClientError } from '@sveltejs/kit';
import { Problem } from '$lib/api/problem';

export const handleError: HandleClientError = ({ error, status, message }) => {
  if (error instanceof Problem) return { message: error.message, code: error.code, status: error.status };
  if (status !== 404) reportError(error);
  return { message };
};
