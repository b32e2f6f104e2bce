import { readXml, attribute } from './xml.ts';

/** How a number is shown, as far as it changes what it means. */
export type NumberLook = 'plain' | 'date' | { readonly digits: number };

/** Chinese and Japanese Excel keep their own dates at 27-36 and 50-58. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

function lookOf(code: string): NumberLook {
  if (/^0{2,}$/.test(code)) return { digits: code.length };
  // Colours, conditions and places in brackets, words in quotes, and escaped letters are decoration.
  const bare = code
    .split(';')[0]!
    .replace(/\[(?:h|m|s)+\]/gi, 'h')
    .replace(/\[[^\]]*\]|"[^"]*"|\\.|_.|\*./g, '');
  return !/general/i.test(bare) && /[ymdh]/i.test(bare) && !/[#?]/.test(bare) ? 'date' : 'plain';
}

/** By the index that cells name. */
export async function readLooks(chunks: AsyncIterable<Buffer>): Promise<NumberLook[]> {
  const custom = new Map<number, NumberLook>();
  const looks: NumberLook[] = [];
  let isInCells = false;
  await readXml(chunks, {
    open: (name, attributes) => {
      if (name === 'numFmt') {
        custom.set(
          Number(attribute(attributes, 'numFmtId')),
          lookOf(attribute(attributes, 'formatCode') ?? ''),
        );
      } else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        looks.push(custom.get(id) ?? (isBuiltInDate(id) ? 'date' : 'plain'));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
    text: () => {},
  });
  return looks;
}
