// How far answers may be trusted, and how they were weighed, in words.
import { dimensionLabel } from '$lib/filters/labels';
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import type { Warning, WeightingReport } from './wire';

export function warningWords(warning: Warning): string {
  const words = t().analyses.validity;
  const share = (value: number) => fmt().percent(value, 0);
  switch (warning.code) {
    case 'small':
      return words.small(fmt().number(warning.answers), fmt().number(warning.minimum));
    case 'low_response':
      return words.low_response(share(warning.response_share), share(warning.minimum));
    case 'insiders':
    case 'burst':
      return words[warning.code](share(warning.share));
    case 'dropped':
      return words.dropped(fmt().number(warning.answers), fmt().number(warning.before));
    case 'lopsided':
      return (warning.badly ? words.lopsidedBadly : words.lopsided)(share(warning.effective_share));
    default:
      return words[warning.code];
  }
}

/** What was weighed by, what it is worth, what stays out; or why nothing was weighed. */
export function weightingWords(report: WeightingReport): string[] {
  const words = t().analyses.validity;
  if (report.refusal) return [words[report.refusal]];
  const by = fmt().list(report.by.map((dimension) => dimensionLabel(dimension).toLowerCase()));
  return [
    ...(typeof report.n_eff === 'number' ? [words.weighed(by, fmt().number(report.n_eff))] : []),
    ...(report.left_out > 0 ? [words.leftOut(fmt().number(report.left_out))] : []),
    ...(report.trimmed ? [words.trimmed] : []),
  ];
}
