import { notify } from '@gongzhi/ui';
import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { useState } from 'react';
import { isCode, problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';

export interface Saving {
  isBusy: boolean;
  error: string | null;
  /** What is wrong with one field, in words. */
  fault: (name: string) => string | undefined;
  /** True once it is saved. */
  run: (act: () => Promise<unknown>) => Promise<boolean>;
  /** The version somebody else has made meanwhile; saving again upon it is then meant. */
  newest: number | null;
}

/** One form of the rules: nothing typed is lost by a refusal, and each fault stands beside its field. */
export function useSaving(): Saving {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [fields, setFields] = useState<ApiProblem['fields']>([]);
  const [newest, setNewest] = useState<number | null>(null);
  return {
    isBusy,
    error,
    newest,
    fault: (name) => {
      const found = fields.find(({ path }) => path === `/${name}` || path.startsWith(`/${name}/`));
      return found === undefined
        ? undefined
        : text.tk(`fieldErrors.${found.code}`, found.params, 'fieldErrors.invalid');
    },
    async run(act) {
      setBusy(true);
      setError(null);
      setFields([]);
      try {
        await act();
        setNewest(null);
        notify(text.t('desk.saved.done'));
        return true;
      } catch (problem) {
        setError(problemText(problem, text));
        if (problem instanceof ApiProblem) setFields(problem.fields);
        if (
          isCode(problem, 'desk.stale') ||
          isCode(problem, 'work_order.script_stale') ||
          isCode(problem, 'dispatch.rule_stale')
        )
          setNewest(Number(problem.params['version']));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
