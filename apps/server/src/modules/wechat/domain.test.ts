import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Fields,
  incomingOf,
  isFresh,
  languageOf,
  type Matter,
  parseFields,
  replyTo,
  writeFields,
} from './domain.ts';

const keywords = { report: ['报修', 'report'], orders: ['进度'], bind: ['绑定', 'bind'] };
const plain = (fields: Fields | null) => (fields === null ? null : Object.fromEntries(fields));

describe('parseFields', () => {
  it.each<[string, string, Record<string, string> | null]>([
    ['texts and CDATA', '<xml><A>1</A><B><![CDATA[<b>&]]></B></xml>', { A: '1', B: '<b>&' }],
    ['what XML itself names', '<xml><A>&lt;&#20013;&#x6587;&amp;</A></xml>', { A: '<中文&' }],
    ['room between', '\n<xml>\n <A>1</A>\n</xml>\n', { A: '1' }],
    ['an empty one', '<xml><A/><B></B></xml>', { A: '', B: '' }],
    ['two pieces of CDATA', '<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>', { A: 'a]]>b' }],
    ['what lies deeper is passed over', '<xml><A><C>x</C></A><B>2</B></xml>', { A: '', B: '2' }],
    ['the same name inside of itself', '<xml><A>1<A>2</A></A></xml>', { A: '1' }],
    ['nothing', '', null],
    ['another root', '<html><A>1</A></html>', null],
    ['a name twice', '<xml><A>1</A><A>2</A></xml>', null],
    ['two roots', '<xml></xml><xml></xml>', null],
    ['words outside', 'x<xml></xml>', null],
    ['words between', '<xml>x<A>1</A></xml>', null],
    ['tags that do not fit', '<xml><A>1</B></xml>', null],
    ['an end that does not come', '<xml><A>1</A>', null],
    ['an end too many', '<xml></xml></xml>', null],
    ['an attribute', '<xml a="1"><A>1</A></xml>', null],
    ['a document type', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><A>&a;</A></xml>', null],
    ['an entity of its own', '<xml><A>&a;</A></xml>', null],
    ['an instruction', '<?xml version="1.0"?><xml></xml>', null],
    ['a comment', '<xml><!-- --></xml>', null],
    ['too deep', `<xml>${'<A>'.repeat(20)}${'</A>'.repeat(20)}</xml>`, null],
    ['too many', `<xml>${Array.from({ length: 101 }, (_, i) => `<A${i}>1</A${i}>`).join('')}</xml>`, null],
  ])('%s', (_name, xml, fields) => {
    expect(plain(parseFields(xml))).toEqual(fields);
  });

  it('comes to an end with whatever it is given', () => {
    for (const piece of ['<', '&', '<A>', '</', '&#', '<A '])
      expect(parseFields(`<xml><A>${piece.repeat(60_000)}</A></xml>`)).toBeNull();
    // Never closed: looked for once, not from every place again.
    expect(parseFields(`<xml><A>${'<![CDATA['.repeat(60_000)}</A></xml>`)).toBeNull();
    expect(parseFields(`<xml><A>${']]>'.repeat(60_000)}</A></xml>`)?.get('A')).toHaveLength(180_000);
  });

  it('reads what writeFields wrote', () => {
    const fields = { A: 'a]]>b<c>&d;', B: '', C: '中文\n二行' };
    expect(plain(parseFields(writeFields(fields)))).toEqual(fields);
    expect(writeFields({ N: 12 })).toBe('<xml><N>12</N></xml>');
  });

  it('gives back whatever texts there are, and never fails over anything else', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,12}$/);
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(fc.dictionary(name, text, { maxKeys: 12, noNullPrototype: true }), (fields) => {
        expect(plain(parseFields(writeFields(fields)))).toEqual(fields);
      }),
    );
    const piece = fc.constantFrom(
      '<xml>',
      '</xml>',
      '<A>',
      '</A>',
      '<A/>',
      '<![CDATA[',
      ']]>',
      '&lt;',
      '&#0;',
      '&a;',
      '<',
      'x',
      ' ',
      '<!',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const found = parseFields(pieces.join(''));
        expect(found === null || found instanceof Map).toBe(true);
        if (found !== null) incomingOf(found);
      }),
      { numRuns: 2_000 },
    );
  });
});

const of = (fields: Record<string, string>): Fields =>
  new Map(Object.entries({ FromUserName: 'o_sender', ToUserName: 'gh_account', CreateTime: '1', ...fields }));

describe('incomingOf', () => {
  it.each<[string, Record<string, string>, Matter | null]>([
    ['a text', { MsgType: 'text', MsgId: '1', Content: '漏水' }, { kind: 'text', words: '漏水' }],
    [
      'words that were spoken',
      { MsgType: 'voice', MsgId: '1', Recognition: '漏水' },
      { kind: 'text', words: '漏水' },
    ],
    ['a voice nobody understood', { MsgType: 'voice', MsgId: '1' }, { kind: 'other' }],
    [
      'a place',
      { MsgType: 'location', MsgId: '1', Label: '某路1号' },
      { kind: 'location', words: '某路1号' },
    ],
    ['a picture', { MsgType: 'image', MsgId: '1' }, { kind: 'other' }],
    ['following', { MsgType: 'event', Event: 'subscribe' }, { kind: 'subscribe' }],
    ['by a code', { MsgType: 'event', Event: 'subscribe', EventKey: 'qrscene_1' }, { kind: 'subscribe' }],
    ['leaving', { MsgType: 'event', Event: 'unsubscribe' }, { kind: 'unsubscribe' }],
    ['scanning', { MsgType: 'event', Event: 'SCAN', EventKey: '1' }, { kind: 'scan' }],
    ['the menu', { MsgType: 'event', Event: 'CLICK', EventKey: 'bind' }, { kind: 'click', button: 'bind' }],
    ['where the phone is', { MsgType: 'event', Event: 'LOCATION' }, { kind: 'silent' }],
    ['a receipt', { MsgType: 'event', Event: 'TEMPLATESENDJOBFINISH' }, { kind: 'silent' }],
    ['no number', { MsgType: 'text', Content: 'x' }, null],
    ['no kind', { MsgId: '1' }, null],
    ['no sender', { MsgType: 'text', MsgId: '1', FromUserName: '' }, null],
    ['a sender that is markup', { MsgType: 'text', MsgId: '1', FromUserName: ']]></x>' }, null],
    ['no time', { MsgType: 'text', MsgId: '1', CreateTime: 'now' }, null],
  ])('%s', (_name, fields, matter) => {
    expect(incomingOf(of(fields))?.matter ?? null).toEqual(matter);
  });

  it('has one key for a message and its repetitions, another for everything else', () => {
    const key = (fields: Record<string, string>) => incomingOf(of(fields))?.key;
    const text = { MsgType: 'text', MsgId: '7', Content: 'a' };
    expect(key(text)).toBe(key({ ...text, CreateTime: '9' }));
    expect(key(text)).not.toBe(key({ ...text, MsgId: '8' }));
    expect(key(text)).not.toBe(key({ ...text, FromUserName: 'o_other1' }));
    const click = { MsgType: 'event', Event: 'CLICK', EventKey: 'bind' };
    expect(key(click)).toBe(key({ ...click }));
    for (const change of [
      { EventKey: 'report' },
      { CreateTime: '2' },
      { FromUserName: 'o_other1' },
      { Event: 'SCAN' },
    ])
      expect(key(click)).not.toBe(key({ ...click, ...change }));
  });
});

describe('replyTo', () => {
  const text = (words: string): Matter => ({ kind: 'text', words });
  it.each<[string, Matter, string | null, string?]>([
    ['following', { kind: 'subscribe' }, 'welcome'],
    ['leaving', { kind: 'unsubscribe' }, null],
    ['what nobody waits for', { kind: 'silent' }, null],
    ['scanning again', { kind: 'scan' }, 'again'],
    ['a picture', { kind: 'other' }, 'help'],
    ['the menu', { kind: 'click', button: 'report' }, 'report', 'zh-CN'],
    ['the menu in English', { kind: 'click', button: 'orders:en' }, 'orders', 'en'],
    ['a button we never had', { kind: 'click', button: 'constructor' }, 'help'],
    ['a word that asks for a page', text('报修'), 'report', 'zh-CN'],
    ['in capitals, with a full stop', text(' Report. '), 'report', 'en'],
    ['with a Chinese one', text('绑定。'), 'bind', 'zh-CN'],
    ['words that say more', text('报修电梯'), 'words', 'zh-CN'],
    ['English words', text('The lift has stopped'), 'words', 'en'],
    ['nothing but room', text('  \n'), 'help'],
    ['a place', { kind: 'location', words: '某路1号' }, 'words', 'zh-CN'],
    ['a place without a name', { kind: 'location', words: '' }, 'report', 'zh-CN'],
  ])('%s', (_name, matter, name, language) => {
    const reply = replyTo(matter, keywords);
    expect(reply?.name ?? null).toBe(name);
    if (language !== undefined) expect(reply?.language).toBe(language);
  });

  it('keeps the words as they were, as many as a report holds', () => {
    expect(replyTo(text(' 3号楼\n漏水 '), keywords)?.words).toBe('3号楼\n漏水');
    expect([...(replyTo(text('😀'.repeat(2_001)), keywords)?.words ?? '')]).toHaveLength(2_000);
    expect(replyTo(text('报修'), keywords)?.words).toBe('');
  });
});

it.each([
  [0, true],
  [300, true],
  [-300, true],
  [301, false],
  [-301, false],
])('a time %i seconds away is fresh: %s', (away, fresh) => {
  expect(isFresh(String(1_790_000_000 + away), 1_790_000_000_000)).toBe(fresh);
});

it('a time that is none is not fresh', () => {
  for (const text of ['', 'now', '-1', '1e9', '1790000000.5', ' 1790000000'])
    expect(isFresh(text, 1_790_000_000_000)).toBe(false);
});

it('what somebody writes says which language they read', () => {
  expect(['漏水', 'leak', '地铁B口', '12345', ''].map(languageOf)).toEqual([
    'zh-CN',
    'en',
    'zh-CN',
    'zh-CN',
    'zh-CN',
  ]);
});
