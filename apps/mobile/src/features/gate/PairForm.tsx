import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useRef, useState } from 'react';
import { api } from '../../api.ts';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import css from './gate.module.css';
import type { GatePost } from './post.ts';

const DIGITS = 8;

/** A phone becomes a gate's by the manager's word: eight digits that work once. */
export function PairForm({ post, isRevoked }: { post: GatePost; isRevoked: boolean }) {
  const words = useWords();
  const { t } = words;
  const [code, setCode] = useState('');
  const key = useRef(newKey());
  const pair = useMutation({
    mutationFn: async () => {
      const given = await api.pairGuardPhone({ code }, key.current);
      await post.pair(given);
    },
    onError: () => {
      key.current = newKey();
    },
  });
  return (
    <Card labelledBy="pair">
      <h2 id="pair" className={css.heading}>
        {t('mobile.gate.pair.title')}
      </h2>
      {isRevoked && (
        <p role="alert" className={css.note} data-tone="late">
          {t('mobile.gate.revoked')}
        </p>
      )}
      <p>{t('mobile.gate.pair.text')}</p>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (code.length === DIGITS) pair.mutate();
        }}
      >
        <TextField
          label={t('mobile.gate.pair.code')}
          className={css.pairCode ?? ''}
          value={code}
          onChange={(typed) => {
            setCode(typed.replaceAll(/\D/g, '').slice(0, DIGITS));
          }}
          inputMode="numeric"
          autoComplete="one-time-code"
          error={pair.error === null ? undefined : problemSentence(words, pair.error)}
        />
        <Button
          type="submit"
          variant="primary"
          size="large"
          isWide
          icon={KeyRound}
          isBusy={pair.isPending}
          isDisabled={code.length !== DIGITS}
        >
          {t('mobile.gate.pair.submit')}
        </Button>
      </form>
    </Card>
  );
}
