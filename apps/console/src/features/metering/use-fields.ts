import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { fieldTexts } from '../passes/api.ts';

export type Lacks = Readonly<Record<string, string>>;

/**
 * Sends a form: what the server refuses stands beside the field it is about, by its path, or by what its code is about; only
 * what is about no field stands below.
 */
export function useFieldSend(fieldOf: Readonly<Record<string, string>> = {}) {
  const text = useText();
  const { isBusy, error, send } = useSend();
  const [lacks, setLacks] = useState<Lacks>({});
  const lacksOf = (problem: unknown): Lacks => {
    if (!(problem instanceof ApiProblem)) return {};
    const field = fieldOf[problem.code];
    const said = problemText(problem, text);
    // A sentence of its own says more than that the field is wrong.
    return field === undefined ? fieldTexts(problem, text) : { [field]: said };
  };
  return {
    isBusy,
    lacks,
    setLacks,
    error: Object.keys(lacks).length === 0 ? error : undefined,
    send: async <Answer>(body: unknown, call: (key: string) => Promise<Answer>) => {
      setLacks({});
      return send(body, (key) =>
        call(key).catch((problem: unknown) => {
          setLacks(lacksOf(problem));
          throw problem;
        }),
      );
    },
  };
}
