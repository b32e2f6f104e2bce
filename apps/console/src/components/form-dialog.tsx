import { Button, Dialog } from '@gongzhi/ui';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useText } from '../app/text.ts';
import css from './form-dialog.module.css';

interface FormDialogProps {
  readonly title: string;
  /** What the button that sends is called. */
  readonly send: string;
  /** Everything that is needed is there. */
  readonly isWhole: boolean;
  readonly isBusy: boolean;
  /** Why it was refused, where no field of its own says so. */
  readonly error?: string | undefined;
  readonly onSend: () => Promise<void>;
  readonly onClose: () => void;
  /** Further buttons, before the two that every form has. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog that sends one thing. It goes by one's own act only, so that nothing typed is lost beside it. */
export function FormDialog({
  title,
  send,
  isWhole,
  isBusy,
  error,
  onSend,
  onClose,
  more,
  children,
}: FormDialogProps) {
  const { t } = useText();
  const formId = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isWhole && !isBusy) void onSend();
  };
  return (
    <Dialog
      title={title}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          {more}
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy} isDisabled={!isWhole}>
            {send}
          </Button>
        </>
      }
    >
      <form id={formId} className={css.form} onSubmit={submit} noValidate>
        {children}
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
