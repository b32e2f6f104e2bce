import { createHmac } from 'node:crypto';
import { appendFile, chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock/clock.ts';
import type { House } from '../../platform/house.ts';
import { codeRule } from './domain.ts';

export interface CodeSender {
  /** Takes the code over or throws; the caller has answered by then. */
  send(phone: string, code: string): Promise<void>;
}

/** The page shows the code itself: nothing to send. */
const pageSender: CodeSender = { send: async () => {} };

/** For development: a line a code, readable by the file's owner only. */
function fileSender(dataDir: string, clock: Clock): CodeSender {
  const path = join(dataDir, 'codes.log');
  return {
    async send(phone, code) {
      await mkdir(dataDir, { recursive: true });
      await appendFile(path, `${clock.now().toISOString()} ${phone} ${code}\n`, { mode: 0o600 });
      // An older file may have been made with wider rights.
      await chmod(path, 0o600);
    },
  };
}

export interface WebhookOptions {
  readonly url: string;
  readonly secret: string;
  readonly timeoutMilliseconds?: number;
  /** Waits before the second, third, … try. */
  readonly retryAfterMilliseconds?: readonly number[];
}

/** `x-gongzhi-signature: sha256=<hex>` over `<x-gongzhi-timestamp>.<body>`, so that a gateway can refuse strangers and replays. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

export function webhookSender(options: WebhookOptions, clock: Clock): CodeSender {
  const waits = options.retryAfterMilliseconds ?? [500, 2_000];
  return {
    async send(phone, code) {
      const body = JSON.stringify({
        kind: 'sign_in_code',
        phone,
        code,
        expiresInSeconds: codeRule.lifetime / 1_000,
      });
      const timestamp = clock.now().toISOString();
      for (let attempt = 0; ; attempt++) {
        const failure = await fetch(options.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-gongzhi-timestamp': timestamp,
            'x-gongzhi-signature': signatureOf(options.secret, timestamp, body),
          },
          body,
          // A redirect would carry the code to an address nobody configured.
          redirect: 'error',
          signal: AbortSignal.timeout(options.timeoutMilliseconds ?? 5_000),
        }).then(
          (response) => {
            void response.body?.cancel();
            return response.ok
              ? null
              : {
                  reason: `status ${response.status}`,
                  isFinal: response.status < 500 && response.status !== 429,
                };
          },
          (error: Error) => ({ reason: error.name, isFinal: false }),
        );
        if (failure === null) return;
        const wait = waits[attempt];
        if (failure.isFinal || wait === undefined) throw new Error(`code gateway: ${failure.reason}`);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    },
  };
}

export function createCodeSender(config: House['config'], clock: Clock): CodeSender {
  if (config.codeSender === 'webhook' && config.codeWebhook !== null)
    return webhookSender(config.codeWebhook, clock);
  if (config.codeSender === 'file') return fileSender(config.dataDir, clock);
  return pageSender;
}
