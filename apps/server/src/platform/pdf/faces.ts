import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { charactersOf, unpackWoff } from './sfnt.ts';

/**
 * The faces a page is set in. Noto Sans SC as it comes with the product has 7,947 characters in one file and some
 * thousands more in files of a hundred each; names of people and places hold others still. Those are taken
 * from a Noto Sans CJK of the machine where there is one, and else are said to be lacking: never left out silently.
 */
export interface Face {
  readonly family: string;
  readonly characters: ReadonlySet<number>;
  /** Of each weight: its file, and in a collection the font's name. */
  readonly normal: FaceFile;
  readonly bold: FaceFile;
}

export interface FaceFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly inCollection: string | null;
}

/** Where Debian, Ubuntu, Alpine and Fedora put it. */
const collections = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK',
  '/usr/share/fonts/noto/NotoSansCJK',
  '/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK',
] as const;

export interface Faces {
  readonly main: Face;
  /** A face that has the character; null where none has. */
  having(code: number): Promise<Face | null>;
}

export interface FaceSources {
  /** Prefixes of `-Regular.ttc` and `-Bold.ttc`. */
  readonly collections?: readonly string[];
}

export async function openFaces({ collections: sources = collections }: FaceSources = {}): Promise<Faces> {
  const folder = join(createRequire(import.meta.url).resolve('@fontsource/noto-sans-sc/package.json'), '..');
  const subset = (name: string): Promise<Face> => packaged(folder, name);
  const main = await subset('chinese-simplified');
  const ranges = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  const opened = new Map<string, Promise<Face>>();
  let machine: Promise<Face | null> | undefined;
  return {
    main,
    async having(code) {
      if (main.characters.has(code)) return main;
      for (const [key, range] of Object.entries(ranges)) {
        const number = /^\[(\d+)\]$/.exec(key)?.[1];
        if (number === undefined || !isWithin(range, code)) continue;
        if (!opened.has(number)) opened.set(number, subset(number));
        const face = await opened.get(number)!;
        if (face.characters.has(code)) return face;
      }
      const whole = await (machine ??= ofMachine(sources));
      return whole?.characters.has(code) === true ? whole : null;
    },
  };
}

async function packaged(folder: string, name: string): Promise<Face> {
  const [normal, bold] = await Promise.all(
    ([400, 700] as const).map(async (weight) => ({
      name: `${name}-${weight}.ttf`,
      bytes: unpackWoff(await readFile(join(folder, 'files', `noto-sans-sc-${name}-${weight}-normal.woff`))),
      inCollection: null,
    })),
  );
  return { family: name, characters: charactersOf(normal!.bytes), normal: normal!, bold: bold! };
}

async function ofMachine(prefixes: readonly string[]): Promise<Face | null> {
  for (const prefix of prefixes) {
    const normal = await readFile(`${prefix}-Regular.ttc`).catch(() => null);
    if (normal === null) continue;
    const bold = await readFile(`${prefix}-Bold.ttc`).catch(() => null);
    const regular = { name: 'machine-400.ttc', bytes: normal, inCollection: 'NotoSansCJKsc-Regular' };
    return {
      family: 'machine',
      characters: charactersOf(normal),
      normal: regular,
      bold:
        bold === null
          ? regular
          : { name: 'machine-700.ttc', bytes: bold, inCollection: 'NotoSansCJKsc-Bold' },
    };
  }
  return null;
}

/** `U+4e00-4e0f,U+9fa5` */
function isWithin(ranges: string, code: number): boolean {
  return ranges.split(',').some((range) => {
    const [first = '', last = first] = range.trim().slice(2).split('-');
    return Number.parseInt(first, 16) <= code && code <= Number.parseInt(last, 16);
  });
}
