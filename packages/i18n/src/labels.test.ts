import { describe, expect, it } from 'vitest';
import * as consoleApp from './console-app.ts';
import { eventText, has, noticeText, placeholdersOf, problemText, t, tables, tKey } from './index.ts';
import { fill, type Message, setChinese, thin } from './message.ts';
import * as mobileApp from './mobile-app.ts';

const zh = tables['zh-CN'] as Readonly<Record<string, Message>>;
const en = tables.en as Readonly<Record<string, Message>>;
const keys = Object.keys(zh);
const texts = (message: Message): string[] =>
  typeof message === 'string' ? [message] : [message.one, message.other];

describe('the labels', () => {
  it('are whole in both languages', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
    const blank = keys.filter((key) =>
      [...texts(zh[key]!), ...texts(en[key]!)].some((text) => text.trim() === ''),
    );
    expect(blank).toEqual([]);
  });

  it('ask for the same parameters in both languages', () => {
    const uneven = keys.filter((key) => placeholdersOf(zh[key]!).join() !== placeholdersOf(en[key]!).join());
    expect(uneven).toEqual([]);
  });

  it('have plurals only where there is a count', () => {
    const odd = keys.filter(
      (key) => typeof en[key] !== 'string' && !placeholdersOf(en[key]!).includes('count'),
    );
    expect(odd).toEqual([]);
  });

  it('are Chinese in the Chinese table and English in the English one', () => {
    const han = /\p{Script=Han}/u;
    expect(
      keys.filter((key) => texts(en[key]!).some((text) => han.test(text)) && key !== 'locales.zh-CN'),
    ).toEqual([]);
    const foreign = keys.filter((key) => !texts(zh[key]!).some((text) => han.test(text)));
    // Marks, figures and names without words are allowed to be the same everywhere.
    expect(
      foreign.filter((key) =>
        /[a-z]{3,}/i.test(
          texts(zh[key]!)
            .join('')
            .replace(/\{\w+\}/g, ''),
        ),
      ),
    ).toEqual(['locales.en']);
  });

  it('are reached by each app, without the other app’s', () => {
    expect(mobileApp.has('errors.internal') && mobileApp.has('mobile.appName')).toBe(true);
    expect(mobileApp.has('console.appName')).toBe(false);
    expect(consoleApp.has('console.appName') && !consoleApp.has('mobile.appName')).toBe(true);
  });
});

describe('t', () => {
  it('fills in, and chooses the plural', () => {
    expect(t('en', 'units.minutes', { count: 1 })).toBe('1 minute');
    expect(t('en', 'units.minutes', { count: 0 })).toBe('0 minutes');
    expect(t('zh-CN', 'units.minutes', { count: 12 })).toBe('12\u2009分钟');
  });

  it('shows a parameter that nobody passed', () => {
    expect(tKey('en', 'units.minutes')).toBe('{count} minutes');
    expect(tKey('en', 'units.minutes', { count: null })).toBe('{count} minutes');
  });

  it('falls back for keys it does not know', () => {
    expect(tKey('en', 'errors.not.yet', {}, 'errors.unknown')).toBe('Something went wrong. Please try again');
    expect(tKey('en', 'toString')).toBe('toString');
    expect(has('toString')).toBe(false);
  });

  it('never reads a parameter as a pattern', () => {
    expect(fill('en', '{a}', { a: '$& {b}' })).toBe('$& {b}');
  });
});

describe('Chinese typesetting', () => {
  it('puts a thin space between characters and figures, but not into dates and house numbers', () => {
    expect(thin('约12分钟到')).toBe('约\u200912\u2009分钟到');
    expect(thin('约 12 分钟到')).toBe('约\u200912\u2009分钟到');
    expect(thin('3号楼2单元301室')).toBe('3号楼\u20092\u2009单元\u2009301\u2009室');
    expect(thin('2026年11月3日 14:20')).toBe('2026年11月3日\u200914:20');
    expect(thin('满意率98%的小区')).toBe('满意率\u200998%\u2009的小区');
    expect(thin('plain 12 text')).toBe('plain 12 text');
  });

  it('sets full-width marks in labels, never in what people wrote', () => {
    expect(setChinese('好了,谢谢:{name}')).toBe('好了\uff0c谢谢\uff1a{name}');
    expect(setChinese('照片(JPG、PNG)和{span}(今天前)')).toBe(
      '照片\uff08JPG、PNG\uff09和{span}\uff08今天前\uff09',
    );
    expect(setChinese('14:20 a,b')).toBe('14:20 a,b');
    expect(fill('zh-CN', '留言:{text}', { text: '好,ok:a' })).toBe('留言\uff1a好,ok:a');
  });
});

describe('sentences', () => {
  const line = (kind: string, params: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
    ({ kind, actorRole: 'worker', actorName: '李师傅', params, ...more }) as Parameters<typeof eventText>[1];

  it('tell the timeline as a resident would', () => {
    expect(eventText('zh-CN', line('work_order.accepted'), 0)).toBe('李师傅已接单');
    expect(eventText('en', line('work_order.accepted', {}, { actorName: 'Li' }), 0)).toBe(
      'Li has accepted it',
    );
    expect(eventText('zh-CN', line('work_order.confirmed', {}, { actorIsMe: true }), 0)).toBe('您确认办好了');
    expect(eventText('en', line('work_order.accepted', {}, { actorName: null }), 0)).toBe(
      'Repairer has accepted it',
    );
  });

  it('turn codes into words', () => {
    expect(eventText('zh-CN', line('work_order.paused', { reason: 'waiting_parts' }), 0)).toBe(
      '李师傅暂停了\uff1a等配件',
    );
    expect(eventText('en', line('work_order.rated', { score: 'satisfied' }, { actorName: 'Wang' }), 0)).toBe(
      'Wang rated it: Satisfied',
    );
    const changed = { from: 'a.b', fromZh: '水', fromEn: 'Water', to: 'c', toZh: '电', toEn: 'Power' };
    expect(eventText('en', line('work_order.category_changed', changed), 0)).toContain(
      'from “Water” to “Power”',
    );
  });

  it('choose the variant that fits', () => {
    expect(eventText('en', line('work_order.closed', { outcome: 'unconfirmed' }), 0)).toContain(
      'without an answer',
    );
    expect(eventText('en', line('work_order.closed', { outcome: 'confirmed' }), 0)).toBe('Closed');
    expect(eventText('en', line('work_order.cancelled', { reason: null }, { actorName: 'Wang' }), 0)).toBe(
      'Wang cancelled it',
    );
    expect(eventText('en', line('work_order.disputed', { reason: 'x', isByCallback: true }), 0)).toContain(
      'On the phone',
    );
    expect(
      eventText('en', line('work_order.callback_recorded', { result: 'unreachable', attempts: 2 }), 0),
    ).toContain('call 2');
    expect(eventText('en', line('work_order.from_the_future'), 0)).toBe('There is news');
  });

  it('tell a notice with its title, and a problem with its reason', () => {
    expect(noticeText('zh-CN', 'work_order.finished', { titleZh: '家中漏水', titleEn: 'Leak' })).toBe(
      '“家中漏水”做完了\uff0c请看看办好没有',
    );
    expect(noticeText('en', 'work_order.finished', { titleZh: '家中漏水', titleEn: 'Leak' })).toContain(
      '“Leak”',
    );
    expect(problemText('en', { code: 'work_order.not_allowed', params: { reason: 'already_rated' } })).toBe(
      'Not possible now: It has been rated already',
    );
    expect(problemText('en', { code: 'no.such' })).toBe('Something went wrong. Please try again');
  });
});
