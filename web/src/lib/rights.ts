// What somebody may do, so that the screen offers nothing that the server would refuse.
import type { components } from '$lib/api/schema';

export type Role = components['schemas']['Role'];
type Grants = {
  company_role?: Role | null;
  grants: readonly { role: Role; unit?: string | null }[];
};

/** From the least to the most; manager and analyst have different rights, not more or less. */
export const roles: readonly Role[] = ['viewer', 'contributor', 'manager', 'analyst', 'admin'];

/** Adds and edits problems and labels items, at least somewhere. */
export function mayContribute(session: Grants): boolean {
  return session.grants.some((grant) => grant.role !== 'viewer');
}

/** Rejects and closes problems, fixes hypotheses, releases plans, signs verdicts, at least somewhere. */
export function mayManage(session: Grants): boolean {
  return session.grants.some((grant) => grant.role === 'manager' || grant.role === 'admin');
}

/** Brings data in and says how it is read: in the whole company only. */
export function mayAnalyse(session: Grants): boolean {
  return holds(session, ['analyst', 'admin']);
}

/** Manages people and units, reads the audit trail: in the whole company only. */
export function mayAdminister(session: Grants): boolean {
  return holds(session, ['admin']);
}

function holds(session: Grants, wanted: readonly Role[]): boolean {
  return session.grants.some((grant) => !grant.unit && wanted.includes(grant.role));
}
