// What is wrong with a row, in the reader's language.
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import type { Issue } from './mapping';

type JsonReason = keyof ReturnType<typeof t>['imports']['brokenJson'];

function brokenJson(reason: string): string {
  const words = t().imports.brokenJson;
  return words[reason as JsonReason] ?? words.syntax;
}

export function issueWords(issue: Issue): string {
  const words = t().imports.issues;
  const get = (name: string): string => issue.params?.[name] ?? '';
  switch (issue.code) {
    case 'wrong_cell_count':
      return words.wrong_cell_count(get('found'), get('expected'));
    case 'row_too_long':
      return words.row_too_long(fmt().bytes(Number(get('limit'))));
    case 'cell_too_long':
      return words.cell_too_long(get('limit'));
    case 'bad_json':
      return words.bad_json(brokenJson(get('reason')));
    case 'duplicate_in_file':
      return words.duplicate_in_file(get('first_line'));
    case 'score_out_of_range':
      return words.score_out_of_range(get('value'), get('low'), get('high'));
    case 'bad_date':
    case 'date_out_of_range':
    case 'not_a_number':
    case 'not_a_whole_number':
    case 'not_yes_or_no':
    case 'unknown_channel':
      return words[issue.code](get('value'));
    default:
      return words[issue.code];
  }
}
