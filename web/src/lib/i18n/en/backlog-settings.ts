// The backlog's part of the settings: gate templates, the formula of priority.
import { counted } from '../plural';
import type { Dictionary } from '../dictionary';

export const backlogSettings: Dictionary['backlogSettings'] = {
  templates: {
    title: 'Release gates',
    lead: 'What must be confirmed before a solution counts as released. Gates that were started do not change.',
    add: 'New template',
    edit: (name) => `Edit the template ${name}`,
    empty: 'No templates',
    emptyText: 'Without a gate no solution can be released: add at least one template.',
    nameRu: 'Name in Russian',
    nameEn: 'Name in English',
    lines: 'Lines',
    lineCount: (count) => counted.en(count, { one: 'line', other: 'lines' }),
    lineRu: (place) => `Line ${place} in Russian`,
    lineEn: (place) => `Line ${place} in English`,
    addLine: 'Add a line',
    removeLine: (place) => `Remove line ${place}`,
    up: (place) => `Line ${place} up`,
    down: (place) => `Line ${place} down`,
    save: 'Save the template',
    saved: 'Template saved',
    failed: 'The template was not saved',
    archive: 'Put away',
    archiveText: 'No new gate starts from this template. Gates that were started go on.',
    archived: 'Template put away',
  },
  criteria: {
    title: 'Priority',
    lead: 'The formula that ranks the backlog. A change applies to every problem at once.',
    nameRu: 'Name in Russian',
    nameEn: 'Name in English',
    formula: 'Formula',
    formulaHint:
      'Numbers, names, + − * / ^, parentheses, min, max, abs, sqrt, ln and fallback(name, number).',
    variables: 'What it may name',
    name: 'Name',
    meaning: 'What it is',
    insert: (name) => `Insert ${name}`,
    save: 'Save the formula',
    saved: 'Formula saved, the order was computed anew',
    failed: 'The formula was not saved',
    readOnly: 'An administrator changes the formula.',
  },
};
