// Files made in the browser: handed over under a name, pictures painted from drawings.

/** More dots than a screen has: a picture in a printed report stays sharp. */
const SCALE = 2;

export function saveFile(name: string, extension: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name.endsWith(`.${extension}`) ? name : `${plain(name)}.${extension}`;
  link.click();
  URL.revokeObjectURL(address);
}

export function saveSvg(name: string, svg: string): void {
  saveFile(name, 'svg', new Blob([svg], { type: 'image/svg+xml;charset=utf-8' }));
}

/** Paints a drawing of this size; a browser that cannot gives an error. */
export async function savePng(name: string, svg: string, width: number, height: number): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * SCALE);
  canvas.height = Math.ceil(height * SCALE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('no picture');
  saveFile(name, 'png', blob);
}

/** A file's name has no slashes and colons. */
function plain(name: string): string {
  return name.replace(/[\\/:*?"<>|]+/g, ' ').trim();
}
