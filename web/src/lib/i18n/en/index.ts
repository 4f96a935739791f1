// English.
import type { Dictionary } from '../dictionary';
import { analyses } from './analyses';
import { anomalies } from './anomalies';
import { backlog } from './backlog';
import { backlogSettings } from './backlog-settings';
import { alarms } from './alarms';
import { audit } from './audit';
import { boards } from './boards';
import { charts } from './charts';
import { common } from './controls';
import { definitions } from './definitions';
import { domain } from './domain';
import { entry } from './entry';
import { errors } from './errors';
import { filters } from './filters';
import { history } from './history';
import { imports } from './imports';
import { messages, notifications } from './notifications';
import { plans } from './plans';
import { reports } from './reports';
import { scale } from './scale';
import { learning } from './learning';
import { metrics } from './metrics';
import { people } from './people';
import { reading } from './reading';
import { settings } from './settings';
import { targets } from './targets';
import { today } from './today';
import { shell } from './shell';
import { table } from './table';
import { verdicts } from './verdicts';
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
  settings,
  people,
  alarms,
  audit,
  backlog,
  backlogSettings,
  history,
  plans,
  scale,
  verdicts,
  metrics,
  boards,
  reports,
  targets,
  definitions,
  analyses,
  today,
  anomalies,
  reading,
  learning,
  notifications,
  messages,
};
