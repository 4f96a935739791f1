// Roles in words: «аналитик — вся компания, руководитель — Ипотека».
import type { components } from '$lib/api/schema';
import { t } from '$lib/i18n';
import { nameOf, type Unit } from '$lib/voice/directory';

export type Grant = components['schemas']['Grant'];
export type Person = components['schemas']['Person'];

export function grantsWords(grants: readonly Grant[], units: readonly Unit[]): string {
  if (grants.length === 0) return t().people.noRoles;
  return grants
    .map((grant) => t().people.inUnit(t().people.roleNames[grant.role], whereOf(grant, units)))
    .join(', ');
}

function whereOf(grant: Grant, units: readonly Unit[]): string {
  if (!grant.unit) return t().people.company;
  const unit = units.find((known) => known.id === grant.unit);
  return unit ? nameOf(unit) : grant.unit;
}
