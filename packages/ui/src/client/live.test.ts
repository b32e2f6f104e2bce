import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectLive, type Live, type LiveMessage } from './live.ts';

/** Stands in for the browser's: the test plays the server. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static readonly all: Source[] = [];
  readyState = 0;
  constructor() {
    super();
    Source.all.push(this);
  }
  close(): void {
    this.readyState = Source.CLOSED;
  }
  send(type: string, data?: unknown): void {
    this.dispatchEvent(
      data === undefined ? new Event(type) : new MessageEvent(type, { data: JSON.stringify(data) }),
    );
  }
}

const change = { kind: 'work_order.accepted', id: 'o1', scopeId: 's1' };
const open = (): Source[] => Source.all.filter((source) => source.readyState !== Source.CLOSED);
let tabs: Live[] = [];

function tab(): { live: Live; heard: LiveMessage[] } {
  const live = connectLive();
  const heard: LiveMessage[] = [];
  live.subscribe((message) => heard.push(message));
  tabs.push(live);
  return { live, heard };
}

beforeEach(() => {
  Source.all.length = 0;
  tabs = [];
  vi.stubGlobal('EventSource', Source);
});

afterEach(async () => {
  for (const live of tabs) live.close();
  // The lock is given back a moment after its holder has closed.
  await expect.poll(async () => (await navigator.locks.query()).held).toEqual([]);
  vi.unstubAllGlobals();
});

describe('one connection a browser', () => {
  it('is shared by two tabs, and both hear', async () => {
    const first = tab();
    await expect.poll(() => open()).toHaveLength(1);
    const second = tab();
    open()[0]?.send('open');
    open()[0]?.send('change', change);
    await expect.poll(() => second.heard).toEqual([{ type: 'change', change }]);
    expect(first.heard).toEqual([{ type: 'change', change }]);
    expect(second.live.state()).toBe('open');
    expect(open()).toHaveLength(1);
  });

  it('is taken over when its tab closes, and says that something may have been missed', async () => {
    const first = tab();
    await expect.poll(() => open()).toHaveLength(1);
    const second = tab();
    await expect.poll(async () => (await navigator.locks.query()).pending).toHaveLength(1);
    first.live.close();
    await expect.poll(() => open()).toHaveLength(1);
    expect(Source.all).toHaveLength(2);
    expect(second.heard).toContainEqual({ type: 'resync' });
  });

  it('passes on the server’s reset, and drops what is no change of ours', async () => {
    const only = tab();
    await expect.poll(() => open()).toHaveLength(1);
    open()[0]?.send('change', { kind: 1 });
    open()[0]?.send('change', 'nonsense');
    open()[0]?.send('reset');
    expect(only.heard).toEqual([{ type: 'resync' }]);
  });

  it('says when the line is down', async () => {
    const only = tab();
    await expect.poll(() => open()).toHaveLength(1);
    open()[0]?.send('open');
    open()[0]?.send('error');
    expect(only.live.state()).toBe('lost');
  });
});
