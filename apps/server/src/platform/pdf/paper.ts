import pdfmake from 'pdfmake';
import { type Face, type Faces, openFaces } from './faces.ts';

/** What a page consists of; how it looks is decided here, once for every paper the product prints. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'text' | 'small'; readonly text: string }
  /** A label and its value beside it. */
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** Smaller letters, where there are many columns. */
      readonly isDense?: boolean;
      /** Set apart below the rows. */
      readonly total?: readonly string[];
    }
  | { readonly kind: 'address'; readonly lines: readonly string[] }
  | { readonly kind: 'right'; readonly lines: readonly string[] }
  | { readonly kind: 'rule' }
  | { readonly kind: 'page' };

export interface Column {
  readonly label: string;
  /** Of the space that is left, in parts; narrow columns say nothing and are as wide as their text. */
  readonly parts?: number;
  readonly isAmount?: true;
}

export interface Paper {
  /** Of the file, and of its window. */
  readonly title: string;
  readonly language: 'zh-CN' | 'en';
  readonly blocks: readonly Block[];
  /** At the foot of every page. */
  readonly footer?: (page: number, pages: number) => string;
  readonly madeAt: Date;
  readonly pageSize?: 'A4' | 'A5';
  /** For tables of many columns. */
  readonly isLandscape?: boolean;
  /** What stands at the end when a character could not be drawn; it gets them as `U+20BB7`. */
  readonly lacking: (characters: string) => string;
}

export interface Printed {
  readonly bytes: Buffer;
  /** Characters that no font here can draw: the mark stands in their place, and the paper says which they are. */
  readonly lacking: readonly string[];
}

/** Printers' mark for a character that is not in the case. */
const getaMark = '\u3013';
/** Kept by the process: 7 MB, and a fifth of a second that only the first paper waits for. */
let faces: Promise<Faces> | undefined;

interface Run {
  readonly text: string;
  readonly font: string;
}

/** A paper as PDF, with its fonts' used characters inside: it reads the same everywhere. */
export async function printPaper(paper: Paper, from?: Faces): Promise<Printed> {
  const known = from ?? (await (faces ??= openFaces()));
  const used = new Map<string, Face>([[known.main.family, known.main]]);
  const lacking = new Set<string>();
  const faceOf = new Map<string, Face | null>();
  const learn = async (text: string): Promise<void> => {
    for (const character of text) {
      if (faceOf.has(character)) continue;
      const code = character.codePointAt(0)!;
      faceOf.set(character, code < 0x20 ? known.main : await known.having(code));
    }
  };
  await learn(textsOf(paper).join(''));
  const runs = (text: string): Run[] => {
    const parts: { text: string; font: string }[] = [];
    for (const character of text) {
      const face = faceOf.get(character) ?? null;
      if (face === null) lacking.add(character);
      else used.set(face.family, face);
      const font = (face ?? known.main).family;
      const shown = face === null ? getaMark : character;
      const last = parts.at(-1);
      if (last?.font === font) last.text += shown;
      else parts.push({ text: shown, font });
    }
    return parts;
  };
  const content = paper.blocks.map((block) => layOut(block, runs));
  const footer = paper.footer;
  if (footer !== undefined) await learn(footer(1, 1));
  if (lacking.size > 0) {
    const list = [...lacking].map((one) => `U+${one.codePointAt(0)!.toString(16).toUpperCase()}`).join(' ');
    const sentence = paper.lacking(list);
    await learn(sentence);
    content.push({ text: runs(sentence), fontSize: 8, color: muted, margin: [0, 12, 0, 0] });
  }
  const definition = {
    info: { title: paper.title, creator: 'Gongzhi', creationDate: paper.madeAt, modDate: paper.madeAt },
    language: paper.language,
    displayTitle: true,
    pageSize: paper.pageSize ?? 'A4',
    pageOrientation: paper.isLandscape === true ? 'landscape' : 'portrait',
    pageMargins: paper.pageSize === 'A5' ? [32, 32, 32, 44] : [52, 52, 52, 60],
    defaultStyle: { font: known.main.family, fontSize: 10, lineHeight: 1.25, color: ink },
    content,
    ...(footer === undefined
      ? {}
      : {
          footer: (page: number, pages: number) => ({
            text: runs(footer(page, pages)),
            fontSize: 8,
            color: muted,
            alignment: 'center',
            margin: [0, 16, 0, 0],
          }),
        }),
  };
  for (const face of used.values())
    for (const { name, bytes } of [face.normal, face.bold])
      if (!pdfmake.virtualfs.existsSync(name)) pdfmake.virtualfs.writeFileSync(name, bytes);
  // Nothing is ever fetched or read for a paper: all it needs is in it.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  pdfmake.setFonts(
    Object.fromEntries(
      [...used.values()].map(({ family, normal, bold }) => [
        family,
        { normal: fileOf(normal), bold: fileOf(bold) },
      ]),
    ),
  );
  return { bytes: await pdfmake.createPdf(definition).getBuffer(), lacking: [...lacking] };
}

const ink = '#1b1f24';
const muted = '#5b6570';
const line = '#c9d0d8';

function fileOf({ name, inCollection }: Face['normal']): string | [string, string] {
  return inCollection === null ? name : [name, inCollection];
}

function textsOf({ title, blocks }: Paper): string[] {
  const texts = [title, getaMark];
  for (const block of blocks) {
    if (block.kind === 'facts') texts.push(...block.facts.flat());
    else if (block.kind === 'table')
      texts.push(...block.columns.map(({ label }) => label), ...block.rows.flat(), ...(block.total ?? []));
    else if (block.kind === 'address' || block.kind === 'right') texts.push(...block.lines);
    else if ('text' in block) texts.push(block.text);
  }
  return texts;
}

function layOut(block: Block, runs: (text: string) => Run[]): object {
  switch (block.kind) {
    case 'title':
      return { text: runs(block.text), fontSize: 18, bold: true, margin: [0, 0, 0, 10] };
    case 'heading':
      return { text: runs(block.text), fontSize: 12, bold: true, margin: [0, 12, 0, 4] };
    case 'text':
      return { text: runs(block.text), margin: [0, 0, 0, 6] };
    case 'small':
      return { text: runs(block.text), fontSize: 8, color: muted, margin: [0, 4, 0, 0] };
    case 'address':
      return { stack: block.lines.map((text) => ({ text: runs(text) })), margin: [0, 12, 0, 20] };
    case 'right':
      return {
        stack: block.lines.map((text) => ({ text: runs(text) })),
        alignment: 'right',
        margin: [0, 16, 0, 0],
      };
    case 'rule':
      return {
        canvas: [{ type: 'line', x1: 0, y1: 0, x2: 490, y2: 0, lineWidth: 0.5, lineColor: line }],
        margin: [0, 8, 0, 8],
      };
    case 'page':
      return { text: '', pageBreak: 'after' };
    case 'facts':
      return {
        layout: 'noBorders',
        margin: [0, 2, 0, 8],
        table: {
          widths: ['auto', '*'],
          body: block.facts.map(([label, value]) => [
            { text: runs(label), color: muted, margin: [0, 0, 12, 0] },
            { text: runs(value) },
          ]),
        },
      };
    case 'table':
      return tableOf(block, runs);
  }
}

function tableOf(block: Extract<Block, { kind: 'table' }>, runs: (text: string) => Run[]): object {
  const cells = (texts: readonly string[], style: object) =>
    block.columns.map(({ isAmount }, i) => ({
      text: runs(texts[i] ?? ''),
      ...style,
      ...(isAmount === true ? { alignment: 'right', noWrap: true } : {}),
    }));
  const labels = block.columns.map(({ label }) => label);
  const parts = block.columns.reduce((sum, column) => sum + (column.parts ?? 0), 0);
  // Narrow columns are as wide as their text, and leave so much to the others.
  const room = block.columns.every((column) => column.parts !== undefined) ? 100 : 60;
  const dense = block.isDense === true ? { fontSize: 7 } : {};
  return {
    margin: [0, 4, 0, 8],
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: block.columns.map((column) =>
        column.parts === undefined
          ? 'auto'
          : parts === column.parts
            ? '*'
            : `${(column.parts / parts) * room}%`,
      ),
      body: [
        cells(labels, { color: muted, fontSize: 9, ...dense }),
        ...block.rows.map((row) => cells(row, dense)),
        ...(block.total === undefined ? [] : [cells(block.total, { bold: true })]),
      ],
    },
    layout: {
      hLineWidth: (i: number, node: { table: { body: unknown[] } }) =>
        i === 0 || i === node.table.body.length || i === 1 ? 0.8 : 0.4,
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingLeft: (i: number) => (i === 0 ? 0 : 6),
      paddingRight: (i: number, node: { table: { widths: unknown[] } }) =>
        i === node.table.widths.length - 1 ? 0 : 6,
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
  };
}
