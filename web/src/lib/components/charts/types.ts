// What charts are given: values with n and interval, and where each leads.
import type { Unit } from '../figures/measure';

export type ChartUnit = { unit?: Unit; digits?: number };

export type TrendPoint = {
  /** Key of the period; the same in every series. */
  key: string;
  label: string;
  /** Short form for the axis. */
  short?: string;
  value: number | null;
  low?: number;
  high?: number;
  n?: number;
  /** Not all of its days are counted: the line to it is dashed. */
  partial?: boolean;
  href?: string;
};

export type TrendSeries = {
  id: string;
  label: string;
  points: TrendPoint[];
  /** A comparison is grey and dashed, without a band. */
  compare?: boolean;
};

/** Something that happened in a period of the axis. */
export type TrendMark = { key: string; kind: 'release' | 'incident'; label: string };

export type BarRow = {
  key: string;
  label: string;
  value: number | null;
  low?: number;
  high?: number;
  n?: number;
  href?: string;
};

export type HeatCell = { value: number | null; n?: number; href?: string };
export type HeatRow = { key: string; label: string; cells: HeatCell[] };

export type ScatterPoint = {
  id: string;
  label: string;
  /** What stands at a bubble where the label has no room. */
  short?: string;
  /** Customers. */
  x: number;
  /** One of the levels. */
  level: number;
  /** Radius grows with its square root; the same for all when left out. */
  weight?: number;
  tone?: 'problem' | 'wow' | 'solved';
  note?: string;
  href?: string;
};

export type DataTableAlternative = { columns: string[]; rows: string[][] };

/** A point of a map of two measures. */
export type PlanePoint = {
  id: string;
  label: string;
  x: number;
  y: number;
  tone?: 'worse' | 'better';
  /** Chance explains it. */
  uncertain?: boolean;
  note?: string;
  href?: string;
};

/** A step of a staircase: from where the step before ended, by so much; or a bar from the lowest of the scale. */
export type StairStep = {
  key: string;
  label: string;
  from: number;
  to: number;
  kind: 'whole' | 'down' | 'up' | 'rest';
  text: string;
  low?: number;
  high?: number;
  href?: string;
};
