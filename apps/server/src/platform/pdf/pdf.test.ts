import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openFaces } from './faces.ts';
import { type Paper, printPaper } from './paper.ts';

const paper = (text: string): Paper => ({
  title: '收据',
  language: 'zh-CN',
  madeAt: new Date('2026-11-23T02:00:00Z'),
  lacking: (characters) => `无法显示的字：${characters}`,
  footer: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
  blocks: [
    { kind: 'title', text: '物业服务费收据' },
    { kind: 'facts', facts: [['住户', text]] },
    {
      kind: 'table',
      columns: [
        { label: '项目', parts: 1 },
        { label: '金额', isAmount: true },
      ],
      rows: Array.from({ length: 60 }, (_, i) => [`2026-${i}`, '¥288.00']),
      total: ['合计', '¥17,280.00'],
    },
  ],
});

/** What a reader would copy out of it: the text of all ToUnicode maps. */
function unicodeOf(pdf: Buffer): string {
  let text = '';
  const latin = pdf.toString('latin1');
  for (let at = latin.indexOf('stream\n'); at >= 0; at = latin.indexOf('stream\n', at + 7)) {
    if (latin.slice(at - 3, at) === 'end') continue;
    try {
      const stream = inflateSync(pdf.subarray(at + 7)).toString('latin1');
      if (stream.includes('beginbfrange'))
        for (const [, hex = ''] of stream.matchAll(/<([0-9a-f]{4}(?: ?[0-9a-f]{4})?)>/g))
          text += Buffer.from(hex.replace(' ', ''), 'hex').swap16().toString('utf16le');
    } catch {
      // Not deflated: an image or a font, no map.
    }
  }
  return text;
}

describe('pdf', () => {
  it('sets Chinese with the fonts inside, over as many pages as it needs', async () => {
    const { bytes, lacking } = await printPaper(paper('王建国 3号楼2单元601'));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(lacking).toEqual([]);
    expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
    const text = unicodeOf(bytes);
    for (const character of '物业服务费收据王建国号楼单元') expect(text).toContain(character);
    expect(bytes.length).toBeLessThan(200_000);
  });

  it('takes what the first file lacks from the others', async () => {
    const { bytes, lacking } = await printPaper(paper('①囍'));
    expect(lacking).toEqual([]);
    expect(unicodeOf(bytes)).toContain('囍');
  });

  it('says which characters no font has, and draws the mark for them', async () => {
    const faces = await openFaces({ collections: ['/nowhere/NotoSansCJK'] });
    const { bytes, lacking } = await printPaper(paper('李䶮 王㛃 𠮷田 𬭎'), faces);
    expect(lacking).toEqual(['䶮', '㛃', '𠮷', '𬭎']);
    const text = unicodeOf(bytes);
    expect(text).toContain('〓');
    for (const character of '无法显示的字') expect(text).toContain(character);
  });

  it('is not led astray by what stands in a text', async () => {
    const hostile = '{"image":"/etc/passwd"} <b>x</b> file:///etc/passwd \u0000\u0007';
    const { lacking } = await printPaper(paper(hostile));
    expect(lacking).toEqual([]);
  });
});
