import { TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { Unfolding } from './unfolding.tsx';
import css from './working.module.css';

/** One word asked for, and said. */
export function Ask({
  open,
  label,
  onSay,
}: {
  open: string;
  label: string;
  onSay: (word: string) => Promise<boolean>;
}) {
  const [word, setWord] = useState('');
  const say = async (): Promise<boolean> => {
    const isDone = await onSay(word.trim());
    if (isDone) setWord('');
    return isDone;
  };
  return (
    <Unfolding name={open} isWhole={word.trim() !== ''} onSend={say}>
      <TextField className={css.wide ?? ''} label={label} maxLength={200} value={word} onChange={setWord} />
    </Unfolding>
  );
}
