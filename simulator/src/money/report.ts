import { formatYuan } from '@gongzhi/kernel';
import type { Days } from './days.ts';
import { isWhole } from './proof.ts';

/** What happened and what it came to, for people to read. */
export function tableOf(days: Days): string {
  const { counts, proof } = days;
  const rows = (list: readonly (readonly [string, string])[]): string[] => {
    const wide = Math.max(...list.map(([what]) => what.length));
    const far = Math.max(...list.map(([, figure]) => figure.length));
    return list.map(([what, figure]) => `| ${what.padEnd(wide)} | ${figure.padStart(far)} |`);
  };
  const happened = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, n]) => [what, String(n)] as const);
  return [
    `# ${days.days} days, ${days.homes} homes, seed ${days.seed}`,
    '',
    ...rows([['what happened', 'times'], ['---', '--:'], ...happened]),
    '',
    ...rows([
      ['what has to come to nothing', 'is'],
      ['---', '--:'],
      ...Object.entries(proof.faults).map(([what, n]) => [what, String(n)] as const),
    ]),
    '',
    `${proof.postings} postings in ${proof.blocks} sealed blocks. WeChat Pay has ${formatYuan(BigInt(proof.inFen.wechat))} yuan, Alipay ${formatYuan(BigInt(proof.inFen.alipay))}; so do we.`,
    `The server held ${days.memory} MB at most.`,
    isWhole(proof) ? 'Nothing was lost and nothing was counted twice.' : 'SOMETHING IS WRONG: see above.',
    '',
  ].join('\n');
}
