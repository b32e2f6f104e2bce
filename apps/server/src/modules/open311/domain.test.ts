import fc from 'fast-check';
import { unwrap } from '@gongzhi/kernel';
import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../work-orders/domain.ts';
import {
  type Attribute,
  answersOf,
  attributesOf,
  callableOf,
  commaList,
  definitionFault,
  escapeXml,
  EXTENDED,
  List,
  namedIn,
  nearest,
  parseForm,
  squareAround,
  splitEnding,
  standingOf,
  storyOf,
  toJson,
  toXml,
  updateOf,
  WORD_OF,
  WORDS,
} from './domain.ts';

const form = (text: string) => unwrap(parseForm(text));

describe('a document', () => {
  it('is the same in XML and, without its root, in JSON', () => {
    const document = {
      root: 'services',
      value: new List('service', [
        { code: '001', metadata: true, order: 1, empty: null, blank: '', gone: undefined },
        { code: 'a&b', list: new List('value', []), deep: { x: 1.5 } },
      ]),
    };
    expect(toXml(document)).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<services><service><code>001</code><metadata>true</metadata><order>1</order>' +
        '<empty></empty><blank></blank></service><service><code>a&amp;b</code><list></list><deep><x>1.5</x></deep></service></services>\n',
    );
    expect(JSON.parse(toJson(document))).toEqual([
      { code: '001', metadata: true, order: 1, empty: null, blank: null },
      { code: 'a&b', list: [], deep: { x: 1.5 } },
    ]);
  });

  it('never lets text become markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(escapeXml(text)).not.toMatch(/[<>\u0000-\u0008\u000b\u000c\u000e-\u001f]/); // oxlint-disable-line no-control-regex
      }),
    );
  });

  it.each([
    ['water.leak.home.xml', { name: 'water.leak.home', format: 'xml' }],
    ['a.json', { name: 'a', format: 'json' }],
    ['a.JSON', null],
    ['.xml', null],
    ['a', null],
  ])('its format is the ending: %s', (file, expected) => expect(splitEnding(file)).toEqual(expected));
});

describe('a form', () => {
  it('is what URLSearchParams writes', () => {
    const fields = fc.array(
      fc.tuple(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc
          .string({ minLength: 1, unit: 'grapheme' })
          .filter((text) => text.trim() === text && !text.includes('\r')),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(fields, (pairs) => {
        const clean = pairs.filter(([name, value]) => !`${name}${value}`.includes('\0'));
        const read = form(new URLSearchParams(clean).toString());
        for (const [name] of clean)
          expect(read.get(name)).toEqual(clean.filter(([n]) => n === name).map(([, value]) => value));
      }),
    );
  });

  it('reads attributes however they are repeated', () => {
    const read = attributesOf(
      form('attribute[a]=1&attribute[a]=2&attribute%5Bb%5D[]=3&attribute[]=x&attribute[c]=&b=1'),
    );
    expect([...read]).toEqual([
      ['a', ['1', '2']],
      ['b', ['3']],
    ]);
  });

  it.each([
    [null, null],
    [' a, b ,,a', ['a', 'b']],
    [',', null],
  ])('a comma list: %s', (text, expected) => expect(commaList(text)).toEqual(expected));

  it.each([
    [
      'both',
      'first_name=Ann&last_name=Lee&phone=(138)%200000.1234',
      { name: 'Ann Lee', phone: '138 0000 1234' },
    ],
    ['Chinese', 'first_name=小明&last_name=王&phone=13800001234', { name: '王小明', phone: '13800001234' }],
    ['one name', 'last_name=Lee&phone=%2B86-138', { name: 'Lee', phone: '+86-138' }],
    ['no phone', 'last_name=Lee', null],
    ['no name', 'phone=13800001234', null],
    ['a phone that is none', 'last_name=Lee&phone=ask%20me', null],
  ])('whom the desk can call: %s', (_name, text, expected) => {
    const sent = unwrap(updateOf(form(`service_request_id=1&description=x&${text}`)));
    expect(callableOf(sent.sender)).toEqual(expected);
  });

  it.each([...EXTENDED, 'in progress', 'closed'])('an update may say %s', (status) => {
    const sent = unwrap(updateOf(form(`service_request_id=1&status=${encodeURIComponent(status)}`)));
    expect(sent.status).toBe(status.toUpperCase().replace(' ', '_'));
  });
});

const question: Attribute = {
  code: 'q',
  isInput: true,
  datatype: 'multivaluelist',
  isRequired: true,
  zh: '问',
  en: 'q',
  hintZh: '',
  hintEn: '',
  values: [{ key: 'a', zh: '甲', en: 'A' }],
};

describe('questions', () => {
  it.each([
    ['nothing wrong', [question], null],
    ['one code twice', [question, question], { at: 1, fault: 'code_twice' }],
    ['a choice of nothing', [{ ...question, values: [] }], { at: 0, fault: 'values_missing' }],
    ['options of a number', [{ ...question, datatype: 'number' }], { at: 0, fault: 'values_unused' }],
    [
      'an option twice',
      [{ ...question, values: [...question.values, ...question.values] }],
      { at: 0, fault: 'value_twice' },
    ],
    ['a text that wants an answer', [{ ...question, isInput: false }], { at: 0, fault: 'text_required' }],
  ] as const)('hold together: %s', (_name, attributes, expected) =>
    expect(definitionFault(attributes)).toEqual(expected),
  );

  it('are answered once each', () => {
    const answer = (values: string[]) => answersOf([question], new Map([['q', values]]));
    expect(unwrap(answer(['a', 'a']))).toEqual([{ code: 'q', question: '问', answer: '甲' }]);
    expect(answer(['b']).ok).toBe(false);
    expect(answersOf([question], new Map()).ok).toBe(false);
    expect(unwrap(answersOf([{ ...question, isRequired: false }], new Map()))).toEqual([]);
  });
});

describe('places', () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  it.each([
    ['the third is not the thirteenth', ['3号楼', '13号楼'], '近小区13号楼', '13号楼'],
    ['nor the other way round', ['3号楼', '13号楼'], '近小区 3 号楼', '3号楼'],
    ['the longest', ['槐园', '槐园北里'], '槐园北里5号', '槐园北里'],
    ['a number goes on', ['A1', 'A12'], 'A12', 'A12'],
    ['only part of a number', ['A1'], 'A12', null],
    ['two of one length', ['东楼', '西楼'], '东楼和西楼', null],
    ['none', ['东楼'], '南楼', null],
    ['an empty name', [''], '南楼', null],
  ])('by name: %s', (_name, names, address, expected) =>
    expect(namedIn(named(...names), address)?.name ?? null).toBe(expected),
  );

  it('are as far as they are, and no farther', () => {
    const here = { latitude: 35.9, longitude: 121.1 };
    const things = [
      { id: 'unknown', point: null },
      { id: 'far', point: { latitude: 35.902, longitude: 121.1 } },
      { id: 'near', point: { latitude: 35.901, longitude: 121.1 } },
    ];
    // 0.001 degrees of latitude are 111.195 m.
    expect(nearest(things, here, 112)?.id).toBe('near');
    expect(nearest(things, here, 111)).toBeNull();
    expect(nearest([{ id: 'same', point: here }], here, 0)?.id).toBe('same');
    const { southWest, northEast } = squareAround(here, 112);
    expect(southWest.latitude).toBeLessThan(35.899);
    expect(northEast.latitude).toBeGreaterThan(35.901);
  });
});

describe('a story', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 2, minute));
  const moment = (kind: string, minute: number) => ({
    eventId: `e${minute}`,
    kind: `work_order.${kind}`,
    at: at(minute),
  });

  it('speaks of events that there are, in statuses that there are', () => {
    for (const kind of Object.keys(WORD_OF)) expect(EVENT_KINDS).toContain(kind);
    for (const word of Object.values(WORD_OF)) expect(EXTENDED).toContain(WORDS[word]);
  });

  it('leaves out what says nothing new, and what is nobody’s business', () => {
    const told = storyOf([
      moment('submitted', 0),
      moment('assigned', 1),
      moment('transferred', 2),
      moment('commented', 3),
      moment('arrived', 4),
      moment('started', 5),
      moment('finished', 6),
      moment('confirmed', 7),
      moment('closed', 8),
    ]);
    expect(told.map(({ updateId, word }) => [updateId, word])).toEqual([
      ['e1', 'scheduled'],
      ['e4', 'working'],
      ['e6', 'checking'],
      ['e7', 'fixed'],
    ]);
  });

  it('only grows: what was told stays told', () => {
    const kinds = fc.constantFrom(...Object.keys(WORD_OF).map((kind) => kind.slice('work_order.'.length)));
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 20 }), (list) => {
        const moments = list.map(moment);
        const whole = storyOf(moments);
        for (let n = 0; n <= moments.length; n++) {
          const part = storyOf(moments.slice(0, n));
          expect(whole.slice(0, part.length)).toEqual(part);
        }
      }),
    );
  });

  it.each([
    ['new', null, null, [], { status: 'open', word: 'received', updatedAt: at(0) }],
    [
      'under way',
      null,
      null,
      [moment('accepted', 3)],
      { status: 'open', word: 'accepted', updatedAt: at(3) },
    ],
    [
      'done',
      'confirmed',
      at(9),
      [moment('confirmed', 9)],
      { status: 'closed', word: 'fixed', updatedAt: at(9) },
    ],
    [
      'waiting for its rating',
      null,
      at(9),
      [moment('confirmed', 9)],
      { status: 'closed', word: 'fixed', updatedAt: at(9) },
    ],
    ['somebody else’s', 'referred', at(9), [], { status: 'closed', word: 'referred', updatedAt: at(9) }],
    ['an outcome of tomorrow', 'unheard', at(9), [], { status: 'closed', word: 'ended', updatedAt: at(9) }],
  ] as const)('stands: %s', (_name, outcome, endedAt, moments, expected) => {
    expect(standingOf({ createdAt: at(0), outcome, endedAt }, storyOf(moments))).toEqual(expected);
  });
});
