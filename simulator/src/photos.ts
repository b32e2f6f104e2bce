import { createHash } from 'node:crypto';
import type { FileStore } from '../../apps/server/src/platform/files/store.ts';
import { normaliseImage } from '../../apps/server/src/platform/files/images.ts';
import type { Shot } from './orders/life.ts';
import type { Wall } from './rules.ts';

/** Drawings instead of photographs: nobody's home is shown. 640 × 480, flat colours. */
const drawings: Readonly<Record<string, string>> = {
  drip: frame(
    '#dfe7ea',
    `${pipe()}<path d="M320 250 q-16 28 0 40 q16 -12 0 -40" fill="#3b82b6"/><path d="M320 320 q-13 22 0 32 q13 -10 0 -32" fill="#3b82b6"/>
    <ellipse cx="320" cy="425" rx="150" ry="22" fill="#9cc3da"/><path d="M230 380 h180 l-18 55 h-144 z" fill="#c9584b"/>`,
  ),
  'pipe-mended': frame(
    '#e6ece4',
    `${pipe()}<rect x="286" y="176" width="68" height="66" rx="8" fill="#c28f2c"/>${tick()}`,
  ),
  'lamp-dark': frame(
    '#3a4149',
    `<rect x="306" y="40" width="28" height="90" fill="#20252b"/><path d="M250 130 h140 l40 90 h-220 z" fill="#565f69"/>
    <circle cx="320" cy="240" r="34" fill="#707a85"/><path d="M60 430 l120 -60 120 60 120 -60 160 60" stroke="#565f69" stroke-width="10" fill="none"/>`,
  ),
  'lamp-lit': frame(
    '#f3ead2',
    `<rect x="306" y="40" width="28" height="90" fill="#6a6455"/><path d="M250 130 h140 l40 90 h-220 z" fill="#8a8475"/>
    <circle cx="320" cy="240" r="36" fill="#f6c945"/><path d="M210 270 l-60 150 h340 l-60 -150 z" fill="#fbe9ae"/>${tick()}`,
  ),
  door: frame(
    '#d8dcd6',
    `<rect x="200" y="70" width="240" height="370" fill="#6b7f6f"/><rect x="225" y="95" width="190" height="140" fill="#b9c8cf"/>
    <circle cx="405" cy="280" r="13" fill="#2f3a34"/><rect x="470" y="220" width="54" height="84" rx="6" fill="#2f3a34"/><circle cx="497" cy="245" r="9" fill="#c9584b"/>`,
  ),
  wall: frame(
    '#e9e3d8',
    `<path d="M0 150 h640 M0 290 h640 M160 0 v150 M420 0 v150 M280 150 v140 M540 150 v140 M120 290 v190 M400 290 v190" stroke="#c7bda9" stroke-width="5"/>
    <path d="M330 20 l-24 90 38 60 -46 84 30 70 -22 120" stroke="#5c5346" stroke-width="7" fill="none"/><ellipse cx="250" cy="330" rx="120" ry="70" fill="#b9b08f" opacity="0.6"/>`,
  ),
  car: frame(
    '#cfd5d8',
    `<path d="M90 330 l50 -90 h240 l70 90 h90 v70 h-450 z" fill="#4d6d8a"/><path d="M160 255 h90 v70 h-130 z M270 255 h100 l52 70 h-152 z" fill="#b9d0dc"/>
    <circle cx="180" cy="402" r="42" fill="#2b2f33"/><circle cx="450" cy="402" r="42" fill="#2b2f33"/><path d="M40 450 h560" stroke="#f0c53c" stroke-width="12" stroke-dasharray="50 26"/>`,
  ),
  rubbish: frame(
    '#dde2d6',
    `<path d="M150 180 h130 l-12 230 h-106 z" fill="#4f7d57"/><rect x="140" y="160" width="150" height="26" rx="8" fill="#3d6344"/>
    <path d="M360 180 h130 l-12 230 h-106 z" fill="#51677f"/><rect x="350" y="160" width="150" height="26" rx="8" fill="#3c4e62"/>
    <ellipse cx="240" cy="420" rx="70" ry="34" fill="#3a3a3a"/><ellipse cx="330" cy="430" rx="58" ry="28" fill="#555048"/>`,
  ),
  tidy: frame(
    '#e3ebe0',
    `<path d="M120 400 h400" stroke="#a8b5a2" stroke-width="10"/><path d="M430 110 l-150 240" stroke="#8d6b3f" stroke-width="14"/>
    <path d="M236 330 l70 44 -46 56 -80 -50 z" fill="#caa44a"/>${tick()}`,
  ),
};

function frame(background: string, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 640 480"><rect width="640" height="480" fill="${background}"/>${inside}</svg>`;
}

function pipe(): string {
  return '<path d="M70 210 h500" stroke="#8f9aa3" stroke-width="46"/><path d="M70 198 h500" stroke="#b6c0c7" stroke-width="10"/><rect x="290" y="180" width="60" height="60" rx="6" fill="#7b868f"/>';
}

function tick(): string {
  return '<circle cx="560" cy="90" r="44" fill="#3f8f5a"/><path d="M538 92 l16 18 30 -38" stroke="#fff" stroke-width="10" fill="none"/>';
}

/** A bill with a stamp, as a picture somebody takes of it; what stands on it is nobody's. */
const invoice = frame(
  '#cfd6d8',
  `<rect x="150" y="30" width="340" height="420" fill="#fdfcf7"/><rect x="230" y="56" width="180" height="18" fill="#8b3a34"/>
  ${[120, 156, 192, 228, 264, 300].map((y, i) => `<rect x="180" y="${y}" width="${170 - (i % 3) * 30}" height="9" fill="#9aa3a6"/><rect x="${400 + (i % 2) * 14}" y="${y}" width="${60 - (i % 2) * 14}" height="9" fill="#6f787b"/>`).join('')}
  <path d="M180 330 h280" stroke="#6f787b" stroke-width="3"/><rect x="360" y="348" width="100" height="14" fill="#4d5659"/>
  <circle cx="240" cy="386" r="42" fill="none" stroke="#c0392b" stroke-width="6" opacity="0.8"/><path d="M240 366 l6 14 15 1 -12 10 4 15 -13 -8 -13 8 4 -15 -12 -10 15 -1z" fill="#c0392b" opacity="0.8"/>`,
);

/** Of a paper of a compound's accounts, for whoever sends it up through the product's door. */
export async function paperPicture(): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(invoice)).png().toBuffer();
}

/** A drawing as the product would keep an upload of it. */
export interface Picture {
  readonly full: Buffer;
  readonly thumb: Buffer;
  readonly width: number;
  readonly height: number;
  readonly sha256: Buffer;
}

export type Pictures = ReadonlyMap<string, Picture>;

/** Draws each once and sends it through the same re-encoding as a resident's photo. */
export async function drawPictures(): Promise<Pictures> {
  const { default: sharp } = await import('sharp');
  const made = await Promise.all(
    Object.entries(drawings).map(async ([name, svg]): Promise<[string, Picture]> => {
      const image = await normaliseImage(await sharp(Buffer.from(svg)).png().toBuffer());
      if (!image.ok) throw new Error(`the drawing ${name} was refused: ${image.error.code}`);
      const { full, thumb, width, height } = image.value;
      return [name, { full, thumb, width, height, sha256: createHash('sha256').update(full).digest() }];
    }),
  );
  return new Map(made);
}

export const fileColumns: readonly string[] = [
  'scope_id',
  'file_id',
  'city_id',
  'street_id',
  'company_id',
  'household_id',
  'reporter_account_id',
  'is_public',
  'is_internal',
  'uploaded_by',
  'media_type',
  'bytes',
  'width',
  'height',
  'sha256',
  'created_at',
  'attached_type',
  'attached_id',
  'attached_at',
];

/** The row of a photo attached to an order: whoever sees the order sees the photo. */
export function fileTuple(shot: Shot, orderId: string, wall: Wall, pictures: Pictures): unknown[] {
  const { full, width, height, sha256 } = pictures.get(shot.drawing)!;
  const at = new Date(shot.at);
  return [
    wall.scopeId,
    shot.fileId,
    wall.cityId,
    wall.streetId,
    wall.companyId,
    wall.householdId,
    wall.reporterAccountId,
    wall.isPublic,
    false,
    shot.uploadedBy,
    'image/jpeg',
    full.length,
    width,
    height,
    sha256,
    at,
    shot.type,
    orderId,
    at,
  ];
}

/**
 * Puts the bytes of photos beside the database, several at a time: each waits for the disk. `push` holds back a
 * caller who is too far ahead.
 */
export class Album {
  readonly #store: FileStore;
  readonly #pictures: Pictures;
  readonly #running = new Set<Promise<void>>();
  #failure: unknown;

  constructor(store: FileStore, pictures: Pictures) {
    this.#store = store;
    this.#pictures = pictures;
  }

  async push({ fileId, drawing }: Shot): Promise<void> {
    const { full, thumb } = this.#pictures.get(drawing)!;
    const run = (async () => {
      await this.#store.put(fileId, 'full', full);
      await this.#store.put(fileId, 'thumb', thumb);
    })().catch((error: unknown) => {
      this.#failure ??= error;
    });
    this.#running.add(run);
    void run.then(() => this.#running.delete(run));
    if (this.#running.size >= 16) await Promise.race(this.#running);
    this.#check();
  }

  async finished(): Promise<void> {
    await Promise.all(this.#running);
    this.#check();
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
