// Charts: tables behind them, marks and what a screen reader hears.
import type { Dictionary } from '../dictionary';

export const charts: Dictionary['charts'] = {
  export: {
    label: 'Download',
    png: 'Picture (PNG)',
    svg: 'Drawing (SVG)',
    csv: 'Table (CSV)',
    xlsx: 'Table (Excel, XLSX)',
    failed: 'Could not be saved',
  },
  asTable: 'As a table',
  asChart: 'As a chart',
  value: 'Value',
  low: 'Lower bound',
  high: 'Upper bound',
  sample: 'n',
  customers: 'Customers',
  target: 'Target',
  band: '95% interval',
  partial: 'Part of the period',
  compared: 'Comparison',
  release: 'Release',
  incident: 'Event',
  noData: 'No data for this period',
  points: 'Points of the chart: left and right arrows',
  scale: 'Scale, customers',
  criticality: 'Criticality',
  criticalityLow: 'can be lived with',
  criticalityHigh: 'churn is certain',
  less: 'less',
  more: 'more',
};
