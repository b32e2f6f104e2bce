import { Button } from '@gongzhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useText } from '../../app/text.ts';
import css from './working.module.css';

/** A button that unfolds into a small form, and folds again once that is sent. */
export function Unfolding({
  name,
  send,
  isWhole,
  onSend,
  isAlone = false,
  children,
}: {
  name: string;
  /** What the button that sends is called; saving, where nothing else is said. */
  send?: string;
  isWhole: boolean;
  /** True once it is done. */
  onSend: () => Promise<boolean>;
  /** No other button stands beside it. */
  isAlone?: boolean;
  children: ReactNode;
}) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const button = (
    <Button size="small" onPress={() => setOpen(true)}>
      {name}
    </Button>
  );
  if (!isOpen) return isAlone ? <div className={css.row}>{button}</div> : button;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isWhole && (await onSend())) setOpen(false);
  };
  return (
    <form className={css.line} aria-label={name} onSubmit={(event) => void submit(event)} noValidate>
      {children}
      <div className={css.row}>
        <Button size="small" variant="primary" type="submit" isDisabled={!isWhole}>
          {send ?? t('working.save')}
        </Button>
        <Button size="small" onPress={() => setOpen(false)}>
          {t('working.cancel')}
        </Button>
      </div>
    </form>
  );
}
