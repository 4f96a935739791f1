// The columns of the backlog that are there to be chosen: not shown until somebody wants them.
import type { Column } from '$lib/components/table/types';
import { fmt } from '$lib/format';
import { t } from '$lib/i18n';
import type { Assessed } from './backlog';
import { percentMark } from './effect';

export function spareColumns(): Column<Assessed>[] {
  const names = t().backlog.columns;
  return [
    {
      id: 'kind',
      title: names.kind,
      width: 100,
      groupable: true,
      hidden: true,
      value: (row) => t().backlog.kinds[row.problem.kind],
    },
    {
      id: 'seen',
      title: names.seen,
      width: 110,
      align: 'end',
      hidden: true,
      value: (row) => row.scale?.seen ?? null,
    },
    {
      id: 'share',
      title: names.share,
      width: 80,
      align: 'end',
      hidden: true,
      value: (row) => row.scale?.share?.value ?? null,
      text: (row) => (row.scale?.share ? fmt().percent(row.scale.share.value) : ''),
    },
    {
      id: 'complaints',
      title: names.complaints,
      width: 90,
      align: 'end',
      hidden: true,
      value: (row) => row.complaints,
    },
    {
      id: 'trend',
      title: names.trend,
      width: 90,
      align: 'end',
      hidden: true,
      value: (row) => row.trend_pct ?? null,
      text: (row) => (typeof row.trend_pct === 'number' ? fmt().signed(row.trend_pct) + percentMark() : ''),
    },
    {
      id: 'debt',
      title: names.debt,
      width: 180,
      align: 'end',
      hidden: true,
      value: (row) => row.debt.amount_a_month ?? null,
      text: (row) =>
        typeof row.debt.amount_a_month === 'number' ? fmt().money(row.debt.amount_a_month) : '',
    },
    {
      id: 'statement',
      title: names.statement,
      width: 320,
      hidden: true,
      value: (row) => row.problem.statement,
    },
    {
      id: 'updated',
      title: names.updated,
      width: 130,
      hidden: true,
      value: (row) => row.problem.updated_at,
      text: (row) => fmt().date(row.problem.updated_at),
    },
  ];
}
