import { ApiProblem, problemOf, Unreachable } from '@gongzhi/ui/client/index.ts';
import { http } from '../../api.ts';
import { csrfToken } from '../session/me.ts';

/**
 * Sends one picture. XMLHttpRequest, because fetch does not say how much of a body has gone out, and on a bad
 * line a bar that moves is what keeps a person waiting. The photo's own id is its idempotency key.
 */
export async function uploadPhoto(
  blob: Blob,
  scopeId: string,
  key: string,
  onProgress: (share: number) => void,
  isQuiet = false,
  as?: string,
): Promise<string> {
  try {
    return await send(blob, scopeId, key, onProgress, as);
  } catch (error) {
    if (isQuiet || !(error instanceof ApiProblem) || error.status !== 401) throw error;
    // Any read asks the person to sign in over the page; then the same picture goes out again.
    await http.call('GET', '/inbox/unread-count');
    return send(blob, scopeId, key, onProgress, as);
  }
}

const TIMEOUT_MS = 120_000;

function send(
  blob: Blob,
  scopeId: string,
  key: string,
  onProgress: (share: number) => void,
  as: string | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/files?scopeId=${encodeURIComponent(scopeId)}`);
    request.timeout = TIMEOUT_MS;
    request.setRequestHeader('content-type', blob.type);
    request.setRequestHeader('idempotency-key', key);
    request.setRequestHeader('x-csrf-token', csrfToken() ?? '');
    if (as !== undefined) request.setRequestHeader('x-acting', as);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    const unreachable = (): void => {
      reject(new Unreachable('upload'));
    };
    request.addEventListener('error', unreachable);
    request.addEventListener('timeout', unreachable);
    request.addEventListener('abort', unreachable);
    request.addEventListener('load', () => {
      if (request.status === 201 || request.status === 200) {
        resolve((JSON.parse(request.responseText) as { id: string }).id);
        return;
      }
      const answer = new Response(request.responseText, {
        status: request.status,
        headers: { 'content-type': request.getResponseHeader('content-type') ?? 'text/plain' },
      });
      problemOf(answer).then(reject, reject);
    });
    request.send(blob);
  });
}
