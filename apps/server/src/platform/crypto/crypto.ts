import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
} from 'node:crypto';
import { type KeyRing, loadKeys, type KeyOptions } from './keys.ts';

/** What is personal leaves memory only sealed, and is found again only by indexes that nobody can reverse. */
export interface Crypto {
  /** Ciphertext bound to its table and row: copied elsewhere it does not open. */
  seal(plain: string, table: string, rowId: string): Buffer;
  /** Throws when the bytes were changed, come from another row, or name a key this process does not hold. */
  open(cipher: Buffer, table: string, rowId: string): string;
  /** Same value, same index in the whole city: only for what must be unique in it (a phone number). */
  cityIndex(value: string): Buffer;
  /** Same value, same index within one scope and field only. */
  scopeIndex(scopeId: string, field: string, value: string): Buffer;
  /** For tokens that come back to us (a cursor, a link); `purpose` keeps one kind from passing as another. */
  sign(purpose: string, value: string): string;
  verify(purpose: string, value: string, signature: string): boolean;
  /** What scopeIndex of this scope and field is made with: for a device that has to find by itself. */
  scopeIndexKey(scopeId: string, field: string): Buffer;
  /** Signatures that others can check with a public key, and nobody else can make. */
  signer(purpose: string): Signer;
}

/** ECDSA over P-256 with SHA-256, which every browser verifies; the signature is r and s, 64 bytes. */
export interface Signer {
  readonly publicKey: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
  sign(bytes: Uint8Array): Buffer;
}

/** version 1: version byte, key id (4), nonce (12), tag (16), data. */
const version = 1;
const nonceAt = 5;
const tagAt = nonceAt + 12;
const dataAt = tagAt + 16;

/**
 * Which sealing it is, in a few characters: nonce and tag are no other's. For whoever remembers what they opened, and would
 * hold on to much more with the bytes, which lie in a larger piece of memory.
 */
export const sealingOf = (cipher: Buffer): string => cipher.toString('latin1', nonceAt, dataAt);

/**
 * What it says, or null where it does not open: its key is lost, or the row is broken. For whoever has many rows in hand, of
 * which the others are to go on.
 */
export function openOrNull(
  crypto: Pick<Crypto, 'open'>,
  cipher: Buffer,
  table: string,
  rowId: string,
): string | null {
  try {
    return crypto.open(cipher, table, rowId);
  } catch {
    return null;
  }
}

/** Derived keys kept per (use, key, name): thousands of compounds with a handful of fields each. */
const cacheSize = 20_000;

class MasterKeyCrypto implements Crypto {
  readonly #ring: KeyRing;
  readonly #derived = new Map<string, Buffer>();
  readonly #signers = new Map<string, Signer>();
  #nonces: Buffer = Buffer.alloc(0);
  #nonceAt = 0;

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  seal(plain: string, table: string, rowId: string): Buffer {
    const { id, key } = this.#ring.active;
    const nonce = this.#nonce();
    const cipher = createCipheriv('aes-256-gcm', this.#derive(key, `seal ${id} ${table}`), nonce);
    cipher.setAAD(boundTo(table, rowId));
    // GCM gives every byte at once: there is nothing left for the end.
    const data = cipher.update(plain, 'utf8');
    cipher.final();
    const sealed = Buffer.allocUnsafe(dataAt + data.length);
    sealed[0] = version;
    sealed.write(id, 1, 'hex');
    nonce.copy(sealed, nonceAt);
    cipher.getAuthTag().copy(sealed, tagAt);
    data.copy(sealed, dataAt);
    return sealed;
  }

  /** Drawn some hundred at a time, each handed out once: at a gate the drawing cost as much as the sealing. */
  #nonce(): Buffer {
    if (this.#nonceAt === this.#nonces.length) {
      this.#nonces = randomBytes(12 * 256);
      this.#nonceAt = 0;
    }
    return this.#nonces.subarray(this.#nonceAt, (this.#nonceAt += 12));
  }

  open(cipher: Buffer, table: string, rowId: string): string {
    if (cipher.length < dataAt || cipher[0] !== version)
      throw new Error(`${table}: not a ciphertext of this version`);
    const id = cipher.toString('hex', 1, nonceAt);
    const key = this.#ring.keys.get(id);
    if (key === undefined)
      throw new Error(`${table}: sealed with key ${id}, which the key file does not hold`);
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.#derive(key, `seal ${id} ${table}`),
      cipher.subarray(nonceAt, tagAt),
    );
    decipher.setAAD(boundTo(table, rowId));
    decipher.setAuthTag(cipher.subarray(tagAt, dataAt));
    return decipher.update(cipher.subarray(dataAt), undefined, 'utf8') + decipher.final('utf8');
  }

  cityIndex(value: string): Buffer {
    return this.#mac('city index', value);
  }

  scopeIndex(scopeId: string, field: string, value: string): Buffer {
    return this.#mac(`scope index ${scopeId} ${field}`, value);
  }

  sign(purpose: string, value: string): string {
    return this.#mac(`sign ${purpose}`, value).toString('base64url');
  }

  verify(purpose: string, value: string, signature: string): boolean {
    // As text: base64 has several ways to write the same bytes, and only ours is right.
    const given = Buffer.from(signature);
    const right = Buffer.from(this.sign(purpose, value));
    return given.length === right.length && timingSafeEqual(given, right);
  }

  scopeIndexKey(scopeId: string, field: string): Buffer {
    return this.#derive(this.#ring.indexKey, `scope index ${scopeId} ${field}`);
  }

  signer(purpose: string): Signer {
    let signer = this.#signers.get(purpose);
    if (signer === undefined) {
      signer = signerOf(
        Buffer.from(hkdfSync('sha256', this.#ring.indexKey, '', `gongzhi signer ${purpose}`, 48)),
      );
      if (this.#signers.size >= cacheSize) this.#signers.delete(this.#signers.keys().next().value as string);
      this.#signers.set(purpose, signer);
    }
    return signer;
  }

  #mac(use: string, value: string): Buffer {
    return createHmac('sha256', this.#derive(this.#ring.indexKey, use)).update(value).digest();
  }

  #derive(master: Buffer, use: string): Buffer {
    const known = this.#derived.get(use);
    if (known !== undefined) return known;
    const key = Buffer.from(hkdfSync('sha256', master, '', `gongzhi ${use}`, 32));
    // The oldest goes first: deriving it again costs microseconds.
    if (this.#derived.size >= cacheSize) this.#derived.delete(this.#derived.keys().next().value as string);
    this.#derived.set(use, key);
    return key;
  }
}

/** The order of P-256 (FIPS 186-5). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** 16 bytes more than the key has make every key as likely as any other (FIPS 186-5, A.2.1). */
function signerOf(seed: Buffer): Signer {
  const scalar = (BigInt(`0x${seed.toString('hex')}`) % (order - 1n)) + 1n;
  const secret = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(secret);
  // 04, x, y.
  const point = curve.getPublicKey();
  const publicKey = {
    kty: 'EC',
    crv: 'P-256',
    x: point.toString('base64url', 1, 33),
    y: point.toString('base64url', 33, 65),
  } as const;
  const key: KeyObject = createPrivateKey({
    key: { ...publicKey, d: secret.toString('base64url') },
    format: 'jwk',
  });
  return { publicKey, sign: (bytes) => sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }) };
}

function boundTo(table: string, rowId: string): Buffer {
  return Buffer.from(`${table}\0${rowId}`);
}

/** Reads the key file (see keys.ts for where it lies and when it is made). */
export async function openCrypto(dataDir: string, options: KeyOptions): Promise<Crypto> {
  return new MasterKeyCrypto(await loadKeys(dataDir, options));
}
