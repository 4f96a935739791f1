// A figure of the page as an SVG that any program opens: boxes, texts and shapes as they stand, colours as plain values.

export type Drawing = { svg: string; width: number; height: number };

/** What is pressed and not read has no place in a picture. */
const LEFT_OUT = 'button, [data-leave-out], .visually-hidden';
const SHAPES = 'path, line, circle, ellipse, rect, polygon, polyline, text';
const PROPERTIES = [
  'fill',
  'stroke',
  'fill-opacity',
  'stroke-opacity',
  'opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'text-anchor',
  'font-size',
  'font-weight',
] as const;
const MARGIN = 16;
const FONT = 'sans-serif';

/** Draws an element and the lines that belong under it. */
export function draw(figure: Element, lines: readonly string[]): Drawing {
  const bounds = figure.getBoundingClientRect();
  const colour = colours();
  const parts: string[] = [];
  walk(figure, { origin: bounds, colour, parts });
  const ink = colour(getComputedStyle(figure).color);
  const noteSize = 11;
  const notes = lines.map(
    (line, place) =>
      `<text x="${MARGIN}" y="${bounds.height + (place + 1) * noteSize * 1.5}" font-size="${noteSize}" fill="${ink}" font-family="${FONT}">${escape(line)}</text>`,
  );
  const width = Math.ceil(bounds.width);
  const height = Math.ceil(bounds.height + (lines.length > 0 ? lines.length * noteSize * 1.5 + MARGIN : 0));
  const page = colour(getComputedStyle(figure).backgroundColor) || '#ffffff';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}" fill="${page}"/>${parts.join('')}${notes.join('')}</svg>`;
  return { svg, width, height };
}

type Pen = { origin: DOMRect; colour: (css: string) => string; parts: string[] };

function walk(node: Node, pen: Pen): void {
  if (node instanceof Text) return drawText(node, pen);
  if (!(node instanceof Element) || node.matches(LEFT_OUT)) return;
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.visibility === 'hidden') return;
  if (node instanceof SVGSVGElement) return drawShapes(node, pen);
  drawBox(node, style, pen);
  for (const child of node.childNodes) walk(child, pen);
}

function drawBox(element: Element, style: CSSStyleDeclaration, { origin, colour, parts }: Pen): void {
  const fill = colour(style.backgroundColor);
  if (!fill) return;
  const { x, y, width, height } = element.getBoundingClientRect();
  const radius = Number.parseFloat(style.borderRadius) || 0;
  parts.push(
    `<rect x="${round(x - origin.x)}" y="${round(y - origin.y)}" width="${round(width)}" height="${round(height)}" rx="${Math.min(radius, height / 2)}" fill="${fill}"/>`,
  );
}

/** A text wraps and is cut off where it does on the page: each of its lines is placed by itself. */
function drawText(text: Text, { origin, colour, parts }: Pen): void {
  const parent = text.parentElement;
  if (!parent || text.data.trim() === '') return;
  const style = getComputedStyle(parent);
  const size = Number.parseFloat(style.fontSize);
  const frame = parent.getBoundingClientRect();
  for (const { words, box } of linesOf(text)) {
    if (box.left > frame.right || box.width === 0) continue;
    parts.push(
      `<text x="${round(box.left - origin.x)}" y="${round(box.bottom - origin.y - box.height / 2 + size * 0.35)}" font-size="${size}" font-weight="${style.fontWeight}" fill="${colour(style.color)}" font-family="${FONT}">${escape(words)}</text>`,
    );
  }
}

function linesOf(text: Text): { words: string; box: DOMRect }[] {
  const range = document.createRange();
  const lines: { words: string; box: DOMRect }[] = [];
  let start = 0;
  let top: number | null = null;
  const close = (end: number): void => {
    range.setStart(text, start);
    range.setEnd(text, end);
    const words = range.toString().trim();
    if (words !== '') lines.push({ words, box: range.getBoundingClientRect() });
    start = end;
  };
  for (let at = 0; at < text.length; at++) {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const box = range.getClientRects()[0];
    if (!box || box.width === 0) continue;
    if (top !== null && Math.abs(box.top - top) > box.height / 2) close(at);
    top = box.top;
  }
  close(text.length);
  return lines;
}

/** The shapes of a drawing where they stand; percentages and nested coordinates become places on the page. */
function drawShapes(svg: SVGSVGElement, { origin, colour, parts }: Pen): void {
  for (const shape of svg.querySelectorAll<SVGGraphicsElement>(SHAPES)) {
    const matrix = shape.getScreenCTM();
    const style = getComputedStyle(shape);
    if (!matrix || style.display === 'none') continue;
    const copy = shape.cloneNode(true) as SVGGraphicsElement;
    for (const { name } of [...copy.attributes])
      if (!/^(d|x|y|r|cx|cy|rx|ry|[xy][12]|width|height|points|dx|dy)$/.test(name))
        copy.removeAttribute(name);
    settle(shape, copy);
    for (const name of PROPERTIES) {
      const value = style.getPropertyValue(name);
      copy.setAttribute(name, name === 'fill' || name === 'stroke' ? colour(value) || 'none' : value);
    }
    if (shape.tagName === 'text') copy.setAttribute('font-family', FONT);
    const { a, b, c, d, e, f } = matrix;
    copy.setAttribute(
      'transform',
      `matrix(${a} ${b} ${c} ${d} ${round(e - origin.x)} ${round(f - origin.y)})`,
    );
    parts.push(
      new XMLSerializer().serializeToString(copy).replace(' xmlns="http://www.w3.org/2000/svg"', ''),
    );
  }
}

/** Lengths in per cent as numbers. */
function settle(shape: SVGGraphicsElement, copy: SVGGraphicsElement): void {
  for (const { name, value } of [...copy.attributes]) {
    const length: unknown = (shape as unknown as Record<string, unknown>)[name];
    if (value.endsWith('%') && length instanceof SVGAnimatedLength)
      copy.setAttribute(name, String(round(length.baseVal.value)));
  }
}

/** Any colour of CSS as `#rrggbb` or `rgba(…)`; empty where nothing is painted. */
function colours(): (css: string) => string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map<string, string>();
  return (css) => {
    if (!context || css === 'none' || css === '') return '';
    const found = known.get(css);
    if (found !== undefined) return found;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    const text = alpha === 0 ? '' : `rgba(${red},${green},${blue},${round(alpha / 255)})`;
    known.set(css, text);
    return text;
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
