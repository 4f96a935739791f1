// Before the product: signing in and the first start.
import type { Dictionary } from '../dictionary';

export const entry: Dictionary['entry'] = {
  tagline: 'Customers’ voices become a clear list of work, and the result of each piece is shown honestly.',
  invitation: {
    title: 'Invitation',
    lead: (name, email) => `${name}, choose a password to sign in with. E-mail: ${email}.`,
    badLink: 'The link has been used or has run out. Ask the administrator for a new one.',
    submit: 'Set the password and sign in',
    toSignIn: 'I have a password already',
  },
  signIn: {
    nobodyYet:
      'There is no administrator yet. The address that creates one was printed where the server was started.',
    title: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    forgotten: 'Forgot your password? Your company’s administrator can set a new one.',
    expired: 'Your session has ended. Sign in again and the same page will open.',
  },
  start: {
    title: 'First start',
    lead: 'Create the administrator, who will invite the others and give them roles.',
    name: 'Full name',
    email: 'Work e-mail',
    password: 'Password',
    passwordHint: 'At least 12 characters. A long phrase beats a short cipher.',
    repeat: 'Password again',
    submit: 'Create administrator',
    mismatch: 'The passwords differ.',
    tooShort: 'The password is shorter than 12 characters.',
    required: 'Fill in this field.',
    emailFormat: 'An e-mail address needs a name, an @ and a domain.',
  },
};
