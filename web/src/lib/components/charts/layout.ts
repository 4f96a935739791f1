// Where the bubbles of a map and their labels go, so that none hides another.
import { greatest } from 'd3-array';

export type Bubble = { id: string; x: number; y: number; radius: number };
export type Label = { id: string; text: string; x: number; y: number; anchor: 'start' | 'middle' | 'end' };
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

/**
 * Labels right or left of their bubbles, the largest bubbles first. Where one would cover something, its short form
 * stands at the bubble or above or below it, if there is room.
 */
export function placeLabels(
  bubbles: (Bubble & { label: string; short?: string | undefined })[],
  span: { left: number; right: number },
  reserved: Box[],
  letterWidth: number,
  mostLetters: number,
): Label[] {
  const taken: Box[] = [...reserved, ...bubbles.map(boxOf)];
  const labels: Label[] = [];
  const put = (bubble: Bubble, text: string, places: Place[]): boolean => {
    const free = places
      .map((place) => ({ place, box: boxAt(bubble, place, text.length * letterWidth) }))
      .find(
        ({ box }) =>
          box.left >= span.left && box.right <= span.right && !taken.some((other) => overlaps(box, other)),
      );
    if (!free) return false;
    const { place, box } = free;
    const { anchor } = place;
    taken.push(box);
    labels.push({
      id: bubble.id,
      text,
      x: anchor === 'start' ? box.left : anchor === 'end' ? box.right : bubble.x,
      y: (box.top + box.bottom) / 2,
      anchor,
    });
    return true;
  };
  const largestFirst = bubbles.toSorted((a, b) => b.radius - a.radius);
  const left = largestFirst.filter((one) => !put(one, shorten(one.label, mostLetters), beside));
  for (const one of left) if (one.short) put(one, one.short, around);
  return labels;
}

type Place = { anchor: Label['anchor']; side: -1 | 0 | 1 };

const beside: Place[] = [
  { anchor: 'start', side: 0 },
  { anchor: 'end', side: 0 },
];
const around: Place[] = [{ anchor: 'middle', side: -1 }, { anchor: 'middle', side: 1 }, ...beside];

/** The height of a line of a label, and how far it keeps from its bubble. */
const LINE = 14;
const DISTANCE = 4;

function boxOf({ x, y, radius }: Bubble): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function boxAt({ x, y, radius }: Bubble, { anchor, side }: Place, length: number): Box {
  const far = radius + DISTANCE;
  const left = anchor === 'start' ? x + far : anchor === 'end' ? x - far - length : x - length / 2;
  const middle = y + side * (radius + LINE / 2);
  return { left, right: left + length, top: middle - LINE / 2, bottom: middle + LINE / 2 };
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
