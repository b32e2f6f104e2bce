import { Button, Dialog } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../app/text.ts';
import css from './issue-secret.module.css';

/** What a machine signs in with, line by line: what it is called, and what it is. */
export type SecretLine = readonly [label: string, value: string];

interface IssueSecretProps {
  /** Whose it is. */
  readonly of: string;
  /** There is one already, which a new one makes void: asked first. */
  readonly hasSecret: boolean;
  readonly words: {
    readonly issue: string;
    readonly again: string;
    readonly ask: string;
    readonly once: string;
    readonly kept: string;
  };
  readonly isBusy: boolean;
  readonly error: string | undefined;
  /** Undefined: it was refused, and `error` says why. */
  readonly onIssue: () => Promise<readonly SecretLine[] | undefined>;
  readonly onClose: () => void;
}

/** A machine's secret, shown once: what is closed is gone. */
export function IssueSecret({ of, hasSecret, words, isBusy, error, onIssue, onClose }: IssueSecretProps) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  const [lines, setLines] = useState<readonly SecretLine[] | null>(null);
  const word = hasSecret ? words.again : words.issue;
  const issue = async (): Promise<void> => {
    const issued = await onIssue();
    setAsking(false);
    if (issued !== undefined) setLines(issued);
  };
  const close = (): void => {
    setLines(null);
    onClose();
  };
  return (
    <>
      <Button
        size="small"
        isBusy={isBusy}
        aria-label={`${word} ${of}`}
        onPress={() => {
          if (hasSecret) setAsking(true);
          else void issue();
        }}
      >
        {word}
      </Button>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      {isAsking && (
        <Dialog
          title={word}
          isOpen
          isAlert
          onOpenChange={setAsking}
          footer={
            <>
              <Button
                onPress={() => {
                  setAsking(false);
                }}
              >
                {t('common.cancel')}
              </Button>
              <Button variant="primary" isBusy={isBusy} onPress={() => void issue()}>
                {words.again}
              </Button>
            </>
          }
        >
          <p>{words.ask}</p>
        </Dialog>
      )}
      {lines !== null && (
        <Dialog
          title={of}
          isOpen
          isAlert
          isFirm
          onOpenChange={close}
          footer={
            <Button variant="primary" onPress={close}>
              {words.kept}
            </Button>
          }
        >
          <p className={css.warning}>{words.once}</p>
          <dl className={css.secret}>
            {lines.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <code>{value}</code>
                </dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </>
  );
}
