import { Button } from '@gongzhi/ui/Button.tsx';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { Select } from '@gongzhi/ui/Select.tsx';
import { useMutation } from '@tanstack/react-query';
import { SearchIcon } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import css from './gate.module.css';
import type { PostView } from './post-types.ts';

type By = 'place' | 'last';
const PURPOSES = ['no_phone', 'code_unreadable', 'visitor_at_gate'] as const;
type Purpose = (typeof PURPOSES)[number];

/** For who has nothing to show: by home or by the last four of a phone, never without saying why. */
export function Search({
  view,
  onPick,
}: {
  view: PostView;
  onPick: (found: { passId: string; ref: string }) => void;
}) {
  const words = useWords();
  const { t } = words;
  const [by, setBy] = useState<By>('place');
  const [typed, setTyped] = useState('');
  const [purpose, setPurpose] = useState<Purpose>('no_phone');
  const search = useMutation({
    mutationFn: () =>
      api.searchAtGate({
        scopeId: view.device?.scopeId ?? '',
        gateId: view.device?.gateId ?? '',
        by,
        text: typed.trim(),
        purpose,
      }),
  });
  const isReady = by === 'last' ? /^\d{4}$/.test(typed) : typed.trim() !== '';
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) search.mutate();
      }}
    >
      <h3 className={css.heading}>{t('mobile.gate.search.title')}</h3>
      {view.line === 'down' ? (
        <p className={css.note}>{t('mobile.gate.search.offline')}</p>
      ) : (
        <>
          <p className={css.quiet}>{t('mobile.gate.search.text')}</p>
          <Segmented
            label={t('mobile.gate.search.by')}
            options={[
              { value: 'place', label: t('mobile.gate.search.place') },
              { value: 'last', label: t('mobile.gate.search.last') },
            ]}
            value={by}
            onChange={(next) => {
              setBy(next);
              setTyped('');
              search.reset();
            }}
          />
          <TextField
            label={t(`mobile.gate.search.${by}`)}
            {...(by === 'place' ? { description: t('mobile.gate.search.placeText') } : {})}
            value={typed}
            onChange={setTyped}
            inputMode={by === 'last' ? 'numeric' : 'text'}
            autoComplete="off"
            maxLength={by === 'last' ? 4 : 40}
            error={search.error === null ? undefined : problemSentence(words, search.error)}
          />
          <Select
            label={t('mobile.gate.search.purpose')}
            value={purpose}
            options={PURPOSES.map((value) => ({ value, label: t(`mobile.gate.search.purpose.${value}`) }))}
            onChange={(value) => {
              setPurpose(value as Purpose);
            }}
          />
          <Button
            type="submit"
            size="large"
            icon={SearchIcon}
            isBusy={search.isPending}
            isDisabled={!isReady}
          >
            {t('mobile.gate.search.submit')}
          </Button>
          {search.data?.items.length === 0 && <p role="status">{t('mobile.gate.search.none')}</p>}
          <ul className={css.list}>
            {search.data?.items.map(({ id, ref, nameMasked, kind, place }) => (
              <li key={ref} className={css.counter}>
                <span>
                  <strong>{nameMasked ?? ''}</strong> {t(`pass.kind.${kind}`)} {place ?? ''}
                </span>
                <Button
                  onPress={() => {
                    onPick({ passId: id, ref });
                  }}
                >
                  {t('mobile.gate.search.choose')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </form>
  );
}
