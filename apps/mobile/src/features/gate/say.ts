import type { Verdict } from '@gongzhi/gate';
import type { Words } from '../../app/words.ts';
import type { AnswerTone, ShownAnswer } from './Answer.tsx';
import type { Shown } from './post-types.ts';

const TONES: Readonly<Record<Verdict['outcome'], AnswerTone>> = {
  pass: 'pass',
  pass_report: 'pass',
  refer: 'ask',
  refuse: 'stop',
};

export function toneOf({ outcome }: Pick<Verdict, 'outcome'>): AnswerTone {
  return TONES[outcome];
}

/** Tenths of a degree are said as degrees. */
function spoken(params: Verdict['params']): Record<string, string | number> {
  const said: Record<string, string | number> = { ...params };
  for (const name of ['tenths', 'limit'])
    if (typeof said[name] === 'number') said[name] = (said[name] / 10).toFixed(1);
  return said;
}

/** A verdict in the words of the page. */
export function sayShown({ tKey, t }: Words, { verdict, isDecidedHere }: Shown): ShownAnswer {
  const standing = verdict.findings.filter(({ outcome }) => outcome === 'refer' || outcome === 'refuse');
  const codes = [...new Set(standing.map(({ code }) => code).filter((code) => code !== null))];
  return {
    tone: toneOf(verdict),
    sentence: tKey(`gate.say.${verdict.say}`, spoken(verdict.params), 'gate.outcomes.refer'),
    remedies: codes.map((code) => {
      const { params } = standing.find((finding) => finding.code === code)!;
      return tKey(`gate.remedy.${code}`, spoken(params), 'gate.outcomes.refer');
    }),
    overriders:
      verdict.overriders.length === 0
        ? null
        : verdict.overriders.map((who) => t(`gate.overriders.${who}`)).join(' / '),
    isDecidedHere,
  };
}
