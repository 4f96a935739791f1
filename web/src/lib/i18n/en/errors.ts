// What went wrong, what was kept, what to do.
import type { Dictionary } from '../dictionary';

export const errors: Dictionary['errors'] = {
  pageTitle: 'The page did not open',
  notFoundTitle: 'There is no such page',
  notFound: 'The address may have changed, or the record was deleted. Your data are in place.',
  forbiddenTitle: 'No access',
  forbidden: 'Your role does not permit this. Ask an administrator.',
  unexpected:
    'Something broke on our side. What was saved is not lost. Try again; if that does not help, tell your administrator.',
  network:
    'The server does not answer. What you entered is still on the page: check the connection and try again.',
  tooMany: 'Too many requests in a row. Wait a minute and try again.',
  conflict: 'Somebody else has changed this record. Refresh it and make your change again.',
  tooLarge: 'The request is too large. Send the data in parts.',
  code: (code) => `Error code: ${code}`,
  goToday: 'Go to Today',
  reload: 'Reload the page',
};
