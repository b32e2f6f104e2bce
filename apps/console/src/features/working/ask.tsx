import { Button, TextField } from '@gongzhi/ui';
import { type FormEvent, useState } from 'react';
import { useText } from '../../app/text.ts';
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
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const [word, setWord] = useState('');
  if (!isOpen)
    return (
      <Button size="small" onPress={() => setOpen(true)}>
        {open}
      </Button>
    );
  const say = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (word.trim() === '' || !(await onSay(word.trim()))) return;
    setWord('');
    setOpen(false);
  };
  return (
    <form className={css.line} aria-label={open} onSubmit={(event) => void say(event)} noValidate>
      <TextField className={css.wide ?? ''} label={label} maxLength={200} value={word} onChange={setWord} />
      <div className={css.row}>
        <Button size="small" variant="primary" type="submit" isDisabled={word.trim() === ''}>
          {t('working.save')}
        </Button>
        <Button size="small" onPress={() => setOpen(false)}>
          {t('working.cancel')}
        </Button>
      </div>
    </form>
  );
}
