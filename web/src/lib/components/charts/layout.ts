// Where the bubbles of a map and their labels go, so that none hides another.
import { greatest } from 'd3-array';

export type Bubble = { id: string; x: number; y: number; radius: number };
export type Label = { id: string; text: string; x: number; y: number; anchor: 'start' | 'end' };
/** Free pixels that bubbles keep between their edges where they can. */
const GAP = 2;

export type Box = { left: number; right: number; top: number; bottom: number };

/** Moves bubbles of one level up and down, nearest free place first, within the level's half height. */
export function spread(bubbles: Bubble[], half: number): Bubble[] {
  const placed: Bubble[] = [];
  for (const bubble of bubbles.toSorted((a, b) => b.radius - a.radius)) {
    const room = Math.max(0, half - bubble.radius);
    const offsets = [0];
    for (let step = 4; step <= room; step += 4) offsets.push(-step, step);
    const gap = (offset: number) => gapTo({ ...bubble, y: bubble.y + offset }, placed);
    const offset = offsets.find((one) => gap(one) >= GAP) ?? greatest(offsets, gap) ?? 0;
    placed.push({ ...bubble, y: bubble.y + offset });
  }
  return placed;
}

/** Labels right or left of their bubbles, the largest bubbles first; one that would cover something is left out. */
export function placeLabels(
  bubbles: (Bubble & { label: string })[],
  span: { left: number; right: number },
  reserved: Box[],
  letterWidth: number,
  mostLetters: number,
): Label[] {
  const circles = bubbles.map(({ x, y, radius }) => ({
    left: x - radius,
    right: x + radius,
    top: y - radius,
    bottom: y + radius,
  }));
  const taken: Box[] = [...reserved, ...circles];
  const labels: Label[] = [];
  for (const bubble of bubbles.toSorted((a, b) => b.radius - a.radius)) {
    const text = shorten(bubble.label, mostLetters);
    const length = text.length * letterWidth;
    const top = bubble.y - 7;
    const right = bubble.x + bubble.radius + 4;
    const left = bubble.x - bubble.radius - 4;
    const places: [Label['anchor'], Box][] = [
      ['start', { left: right, right: right + length, top, bottom: top + 14 }],
      ['end', { left: left - length, right: left, top, bottom: top + 14 }],
    ];
    const free = places.find(
      ([, box]) =>
        box.left >= span.left && box.right <= span.right && !taken.some((other) => overlaps(box, other)),
    );
    if (!free) continue;
    const [anchor, box] = free;
    taken.push(box);
    labels.push({ id: bubble.id, text, x: anchor === 'start' ? box.left : box.right, y: bubble.y, anchor });
  }
  return labels;
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** From edge to edge to the nearest of the others; negative where they overlap. */
function gapTo(bubble: Bubble, others: Bubble[]): number {
  const gaps = others.map(
    (other) => Math.hypot(bubble.x - other.x, bubble.y - other.y) - bubble.radius - other.radius,
  );
  return Math.min(Infinity, ...gaps);
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
