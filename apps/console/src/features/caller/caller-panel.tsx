import { Button, notify, Spinner, TextField, useNow } from '@gongzhi/ui';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { CallerHome } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { HomeContext } from './home-context.tsx';
import css from '../family/family.module.css';

/** A number that can be somebody's: a mobile, or a land line with its area code. */
const WHOLE = /^\d{10,12}$/;

export const digitsOf = (phone: string): string => phone.replace(/^\s*\+86/, '').replace(/\D/g, '');

/** Who rings, as soon as the number is written: their homes, for whom they may speak, and what is going on there. */
export function CallerPanel({
  phone,
  scopeId,
  householdId,
  onChoose,
}: {
  phone: string;
  /** Asked where the desk's own compounds don't say enough. */
  scopeId: string | undefined;
  householdId: string;
  /** Left out where there is nothing to write on. */
  onChoose: ((home: CallerHome) => void) | undefined;
}) {
  const text = useText();
  const { t } = text;
  const digits = digitsOf(phone);
  const caller = useQuery({
    queryKey: ['caller', digits, scopeId],
    queryFn: () => api.caller(digits, scopeId),
    enabled: WHOLE.test(digits),
    staleTime: 10_000,
  });
  if (!WHOLE.test(digits)) return <p className={css.aside}>{t('family.caller.hint')}</p>;
  if (caller.isPending) return <Spinner />;
  if (caller.isError)
    return (
      <p className={css.error} role="alert">
        {problemText(caller.error, text)}
      </p>
    );
  if (caller.data.homes.length === 0) return <p className={css.aside}>{t('family.caller.unknown')}</p>;
  return (
    <ul className={css.homes} aria-label={t('family.caller.homes')}>
      {caller.data.homes.map((home) => (
        <li key={`${home.householdId}${home.relation}${home.onBehalfOf ?? ''}`} className={css.home}>
          <div className={css.matter}>
            <span className={css.name}>
              {home.onBehalfOf === null
                ? t('family.caller.who', { name: home.callerName, home: home.label })
                : t('family.caller.forWhom', {
                    name: home.callerName,
                    grantor: home.onBehalfOf,
                    home: home.label,
                  })}
            </span>
            {onChoose !== undefined && (
              <Button
                size="small"
                variant={home.householdId === householdId ? 'secondary' : 'primary'}
                isDisabled={home.householdId === householdId}
                onPress={() => {
                  onChoose(home);
                }}
              >
                {t(home.householdId === householdId ? 'family.caller.chosen' : 'family.caller.choose')}
              </Button>
            )}
          </div>
          <span className={css.aside}>{home.scopeName}</span>
          <HomeContext scopeId={home.scopeId} householdId={home.householdId} />
          <ul className={css.matters}>
            {home.matters.map((matter) => (
              <MatterRow key={matter.id} home={home} matter={matter} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

type Matter = CallerHome['matters'][number];

/** Told again it is urged, or gets a word more: not a second order. */
function MatterRow({ home, matter }: { home: CallerHome; matter: Matter }) {
  const text = useText();
  const { t, tk, locale, when } = text;
  const now = useNow();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [words, setWords] = useState<string | null>(null);
  const [intent] = useState(() => new Intent<Record<string, unknown>>());
  const send = async (body: Record<string, unknown>, done: string): Promise<void> => {
    setBusy(true);
    try {
      await intent.send(
        body,
        () => ({ ...body, expectedVersion: matter.version }),
        (same, key) => api.command(home.scopeId, matter.id, same, key),
      );
      notify(done);
      setWords(null);
    } catch (problem) {
      notify(problemText(problem, text), { tone: 'late' });
    } finally {
      setBusy(false);
      void client.invalidateQueries({ queryKey: ['caller'] });
      void client.invalidateQueries({ queryKey: queryKeys.allQueues });
    }
  };
  return (
    <li className={css.matter}>
      <span>
        {locale === 'zh-CN' ? matter.categoryNameZh : matter.categoryNameEn}
        <span className={css.aside}>
          {' '}
          {matter.number} · {tk(`statuses.${matter.status}`)} · {when(matter.createdAt, now)}
        </span>
      </span>
      {matter.isOpen && words === null && (
        <>
          {matter.status !== 'finished' && (
            <Button
              size="small"
              isBusy={isBusy}
              onPress={() => void send({ action: 'urge' }, t('family.caller.urged'))}
            >
              {t('actions.urge')}
            </Button>
          )}
          <Button size="small" onPress={() => setWords('')}>
            {t('family.caller.addWord')}
          </Button>
        </>
      )}
      {words !== null && (
        <TextField
          label={t('family.caller.word')}
          isLabelHidden
          placeholder={t('family.caller.word')}
          maxLength={2000}
          value={words}
          onChange={setWords}
          after={
            <Button
              size="small"
              variant="primary"
              isBusy={isBusy}
              isDisabled={words.trim() === ''}
              onPress={() => void send({ action: 'comment', text: words.trim() }, t('family.caller.added'))}
            >
              {t('family.caller.send')}
            </Button>
          }
        />
      )}
    </li>
  );
}
