import { notify } from '@gongzhi/ui';
import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { type Form, formKeys } from './api.ts';

/** Sending of a form's definition: what is lacking and what the server refuses stand beside their fields, by path. */
export function useForm(lacking: ReadonlyMap<string, string>, onTaken: (form: Form) => void) {
  const text = useText();
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refused = error instanceof ApiProblem ? error.fields : [];

  const beside = (path: string): string | undefined => {
    const own = isTried ? lacking.get(path) : undefined;
    if (own !== undefined) return text.tk(`fieldErrors.${own}`, {}, 'fieldErrors.invalid');
    const found = refused.find((one) => one.path === path || one.path.startsWith(`${path}/`));
    if (found === undefined) return undefined;
    return text.tk(`fieldErrors.${found.code}`, found.params, 'fieldErrors.invalid');
  };
  /** The known field that this question asks for, if the server said so. */
  const knownAt = (path: string): string | null => {
    const found = refused.find((one) => one.path === path && one.code === 'known');
    const field = found?.params['field'];
    return typeof field === 'string' ? field : null;
  };
  const send = async (call: () => Promise<Form>, said: string): Promise<boolean> => {
    setTried(true);
    if (lacking.size > 0) return false;
    setBusy(true);
    try {
      const form = await call();
      setError(null);
      queryClient.setQueryData(formKeys.form(form.id), form);
      void queryClient.invalidateQueries({ queryKey: formKeys.all });
      notify(said);
      onTaken(form);
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    beside,
    knownAt,
    problem: error === null ? undefined : problemText(error, text),
    /** What was refused was changed: it is judged anew when it is sent again. */
    forget: () => {
      setError(null);
    },
    send,
  };
}
