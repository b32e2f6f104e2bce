import { tKey } from '@gongzhi/i18n';

/** An order's words are the place's words, as if somebody there had written them down. */
export function findingText(params: {
  readonly route: string;
  readonly checkpoint: string;
  readonly words: string;
}): string {
  // What is stored is searched and copied: plain spaces.
  return tKey('zh-CN', 'patrol.orderText', params).replaceAll('\u2009', ' ');
}
