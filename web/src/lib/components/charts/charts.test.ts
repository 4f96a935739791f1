import { describe, expect, it } from 'vitest';
import { placeLabels, spread } from './layout';
import { labelStep, logDomain, valueScale } from './scale';

describe('the value axis', () => {
  it('holds intervals and targets and ends at round numbers', () => {
    const scale = valueScale([{ value: 41, low: 37.2, high: 44.9 }], [52], false, [100, 0]);
    const [low = NaN, high = NaN] = scale.domain();
    expect(low).toBeLessThanOrEqual(37.2);
    expect(high).toBeGreaterThanOrEqual(52);
    expect(scale(low)).toBe(100);
  });

  it('starts at nought where asked, and lives with nothing', () => {
    expect(valueScale([{ value: 5 }], [], true, [0, 1]).domain()[0]).toBe(0);
    expect(valueScale([{ value: null }], [], false, [0, 1]).domain()).toEqual([0, 1]);
    expect(valueScale([{ value: 7 }], [], false, [0, 1]).domain()).toEqual([6, 8]);
  });

  it('draws only the labels that fit', () => {
    expect(labelStep(12, 600, 50)).toBe(1);
    expect(labelStep(24, 600, 50)).toBe(2);
    expect(labelStep(730, 300, 50)).toBe(122);
    expect(labelStep(3, 0, 50)).toBe(150);
  });
});

describe('the map', () => {
  const bubbles = [
    { id: 'a', x: 100, y: 50, radius: 10 },
    { id: 'b', x: 105, y: 50, radius: 8 },
    { id: 'c', x: 300, y: 50, radius: 8 },
  ];

  it('moves bubbles apart within their level', () => {
    const placed = new Map(spread(bubbles, 40).map((bubble) => [bubble.id, bubble]));
    const [a, b, c] = ['a', 'b', 'c'].map((id) => placed.get(id));
    expect(a?.y).toBe(50);
    expect(c?.y).toBe(50);
    expect(Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0))).toBeGreaterThanOrEqual(18);
    expect(Math.abs((b?.y ?? 0) - 50)).toBeLessThanOrEqual(32);
  });

  it('labels what it can without covering anything', () => {
    const named = bubbles.map((bubble) => ({ ...bubble, label: `Проблема ${bubble.id}` }));
    const labels = placeLabels(named, { left: 0, right: 400 }, [], 6, 8);
    expect(labels.find((label) => label.id === 'c')).toMatchObject({ anchor: 'start', text: 'Проблем…' });
    const wall = { left: 0, right: 400, top: 0, bottom: 100 };
    expect(placeLabels(named, { left: 0, right: 400 }, [wall], 6, 8)).toEqual([]);
    expect(placeLabels(named, { left: 290, right: 310 }, [], 6, 8)).toEqual([]);
  });

  it('puts the short form where the label has no room', () => {
    const named = bubbles.map((bubble) => ({ ...bubble, label: 'Проблема', short: '№ 7' }));
    const labels = placeLabels(named, { left: 280, right: 330 }, [], 6, 8);
    expect(labels).toEqual([{ id: 'c', text: '№ 7', x: 300, y: 35, anchor: 'middle' }]);
  });

  it('has an axis that ends at round numbers, a tenfold apart', () => {
    expect(logDomain(1800, 25_600)).toEqual([1000, 50_000]);
    expect(logDomain(200, 500)).toEqual([200, 2000]);
    expect(logDomain(1, 1)).toEqual([1, 10]);
  });
});
