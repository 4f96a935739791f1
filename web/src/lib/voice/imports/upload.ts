// Sends a file and tells how much of it has gone: `fetch` cannot say that yet.
import { CSRF_HEADER, LANGUAGE_HEADER } from '$lib/api/client';
import { toProblem } from '$lib/api/problem';
import type { components } from '$lib/api/schema';
import { locale } from '$lib/i18n';

export type Upload = components['schemas']['UploadOut'];

/** Throws a `Problem` when the server refuses; never settles once `signal` has stopped it. */
export function uploadFile(
  file: File,
  signal: AbortSignal,
  onprogress: (sent: number, total: number) => void,
): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/uploads');
    request.responseType = 'json';
    request.setRequestHeader(CSRF_HEADER, '1');
    request.setRequestHeader(LANGUAGE_HEADER, locale());
    request.upload.onprogress = (event) => onprogress(Math.min(event.loaded, file.size), file.size);
    request.onload = () => {
      if (request.status === 200) resolve(request.response as Upload);
      else reject(toProblem(request.status, request.response));
    };
    request.onerror = () => reject(toProblem(0, null));
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
