// Hands the account from the frame to the headers of pages.
import { getContext, hasContext, setContext } from 'svelte';
import type { Account } from './account';

const KEY = Symbol('account');

export function provideAccount(account: Account): void {
  setContext(KEY, account);
}

/** Undefined on pages outside the frame. */
export function useAccount(): Account | undefined {
  return hasContext(KEY) ? getContext<Account>(KEY) : undefined;
}
