// A chip in words: «Канал: звонок, чат», «NPS: 0…6», «Тема: не указано».
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import { dimensionLabel, valueLabel } from '$lib/filters/labels';
import type { Chip, Dimension } from '$lib/filters/wire';

/** More values than this are counted instead of named. */
const NAMED = 2;

export function chipName(chip: Chip): string {
  switch (chip.kind) {
    case 'in':
    case 'missing':
      return dimensionLabel(chip.dimension);
    case 'range':
    case 'answered':
      return t().domain.scores[chip.score];
    case 'complex':
      return t().filters.complex;
  }
}

export function chipPhrase(
  chip: Chip,
  nameValue?: (dimension: Dimension, value: string) => string | undefined,
): string {
  const not = chip.negated ? `${t().filters.isNot} ` : '';
  switch (chip.kind) {
    case 'in': {
      const names = chip.values.map(
        (value) => nameValue?.(chip.dimension, value) ?? valueLabel(chip.dimension, value),
      );
      const named = names.slice(0, NAMED).join(', ');
      const rest = names.length - NAMED;
      return names.length === 0 ? '…' : not + (rest > 0 ? `${named}, ${t().filters.more(rest)}` : named);
    }
    case 'missing':
      return chip.negated ? t().filters.isGiven : t().filters.isMissing;
    case 'range':
      return not + (chip.low === chip.high ? fmt().number(chip.low) : fmt().range(chip.low, chip.high));
    case 'answered':
      return chip.negated ? t().filters.notAnswered : t().filters.answered;
    case 'complex':
      return '';
  }
}
