// English.
import type { Dictionary } from '../dictionary';
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

export const en: Dictionary = {
  common,
  shell,
  entry,
  table,
  filters,
  charts,
  domain,
  errors,
  voice,
  imports,
  metrics,
};
