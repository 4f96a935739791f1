// Russian: the dictionary whose shape every other language follows.
import { charts } from './charts';
import { common } from './controls';
import { domain } from './domain';
import { entry } from './entry';
import { errors } from './errors';
import { filters } from './filters';
import { imports } from './imports';
import { metrics } from './metrics';
import { shell } from './shell';
import { table } from './table';
import { voice } from './voice';

export const ru = { common, shell, entry, table, filters, charts, domain, errors, voice, imports, metrics };
