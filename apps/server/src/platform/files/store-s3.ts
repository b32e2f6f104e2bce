import { AwsClient } from 'aws4fetch';
import { Problem } from '../http/problem.ts';
import { parseStoredName, sliceName, storedName } from './names.ts';
import { type FileStore, type StoredFile, type Variant, variants } from './store.ts';

/** A bucket of any S3-compatible store, addressed by path: `<endpoint>/<bucket>/<prefix><name>`. */
export interface S3Options {
  /** Origin of the store, such as https://s3.cn-north-1.amazonaws.com.cn */
  readonly endpoint: string;
  readonly bucket: string;
  /** Before every name; empty or ending in a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** An answer that takes longer counts as none. */
  readonly timeoutMilliseconds?: number;
}

/** What whoever uploads or looks at a picture is told while the bucket does not answer. */
const retryAfterSeconds = 5;

class S3Store implements FileStore {
  readonly #client: AwsClient;
  readonly #base: string;
  readonly #options: S3Options;

  constructor(options: S3Options) {
    this.#options = options;
    this.#base = `${options.endpoint.replace(/\/$/, '')}/${options.bucket}`;
    // One repetition by the client; whoever asked is told to come again after that.
    this.#client = new AwsClient({
      accessKeyId: options.accessKeyId,
      secretAccessKey: options.secretAccessKey,
      region: options.region,
      service: 's3',
      retries: 1,
    });
  }

  async put(id: string, variant: Variant, bytes: Uint8Array): Promise<void> {
    const response = await this.#ask(this.#url(id, variant), 'PUT', bytes);
    await response.body?.cancel();
    // The store answers after it has the bytes for good: that is S3's own promise.
    if (!response.ok) throw refused(response);
  }

  async read(id: string, variant: Variant): Promise<Buffer | null> {
    const response = await this.#ask(this.#url(id, variant), 'GET');
    if (response.status === 404) {
      await response.body?.cancel();
      return null;
    }
    if (!response.ok) throw refused(response);
    try {
      return Buffer.from(await response.arrayBuffer());
    } catch {
      // Broken off in the middle.
      throw new Problem('unavailable', { retryAfterSeconds });
    }
  }

  async remove(id: string): Promise<void> {
    for (const variant of variants) {
      const response = await this.#ask(this.#url(id, variant), 'DELETE');
      await response.body?.cancel();
      if (!response.ok && response.status !== 404) throw refused(response);
    }
  }

  async list(slice: number): Promise<StoredFile[]> {
    const found: StoredFile[] = [];
    // By name, not by token: every S3-compatible store knows the older form of listing.
    let after = '';
    for (;;) {
      const url = new URL(this.#base);
      url.searchParams.set('prefix', `${this.#options.prefix}${sliceName(slice)}/`);
      if (after !== '') url.searchParams.set('marker', after);
      const response = await this.#ask(url.href, 'GET');
      if (!response.ok) throw refused(response);
      const page = await response.text();
      let last = after;
      for (const [entry] of page.matchAll(/<Contents>.*?<\/Contents>/gs)) {
        // Our names need no escaping in XML; what somebody else put there is none of ours.
        const key = /<Key>([^<]*)<\/Key>/.exec(entry)?.[1] ?? '';
        if (key > last) last = key;
        const stored = parseStoredName(key);
        const modifiedAt = Date.parse(/<LastModified>([^<]*)<\/LastModified>/.exec(entry)?.[1] ?? '');
        if (stored !== null && Number.isFinite(modifiedAt)) found.push({ ...stored, modifiedAt });
      }
      if (!page.includes('<IsTruncated>true</IsTruncated>') || last === after) break;
      after = last;
    }
    return found;
  }

  #url(id: string, variant: Variant): string {
    return `${this.#base}/${this.#options.prefix}${storedName(id, variant)}`;
  }

  async #ask(url: string, method: string, body?: Uint8Array): Promise<Response> {
    try {
      return await this.#client.fetch(url, {
        method,
        // A redirect could carry signed bytes elsewhere.
        redirect: 'error',
        signal: AbortSignal.timeout(this.#options.timeoutMilliseconds ?? 10_000),
        ...(body === undefined
          ? {}
          : {
              body,
              headers: { 'content-type': url.endsWith('.jpg') ? 'image/jpeg' : 'application/octet-stream' },
            }),
      } as RequestInit);
    } catch {
      // No answer, or too late; its words may carry the address, which is nobody's business.
      throw new Problem('unavailable', { retryAfterSeconds });
    }
  }
}

/** Whether the fault is the store's or our configuration's (403): whoever asked can only come again. */
function refused(response: Response): Problem {
  return Object.assign(new Problem('unavailable', { retryAfterSeconds }), {
    cause: `status ${response.status}`,
  });
}

/** Asks once, so that a wrong bucket or key is known at the start and not with the first picture. */
export async function openS3Store(options: S3Options): Promise<FileStore> {
  const store = new S3Store(options);
  try {
    await store.list(0);
  } catch (error) {
    const why = (error as { cause?: string }).cause ?? 'no answer';
    throw new Error(`The file store ${options.bucket} at ${options.endpoint} cannot be used (${why}).`);
  }
  return store;
}
