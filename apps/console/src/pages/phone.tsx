import { Button, EmptyState, StatusChip, TextField, useNow } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Phone } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { problemText } from '../app/errors.ts';
import { queryClient } from '../app/query.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { AskFirst } from '../components/ask-first.tsx';
import { telephonyApi, telephonyKeys } from '../features/telephony/api.ts';
import css from '../features/hotline/form.module.css';
import { Pending } from '../components/pending.tsx';

/** The desk's telephone: what rang lately, and for the manager the lines and their secrets. */
export default function PhonePage() {
  const { t } = useText();
  useTitle(t('telephony.title'));
  const manages = useMay('telephony.manage');
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t('telephony.title')}</h1>
      <Calls />
      {manages && <Lines />}
    </div>
  );
}

function Calls() {
  const { t, when, duration } = useText();
  const now = useNow();
  const desk = useQuery({ queryKey: telephonyKeys.desk, queryFn: telephonyApi.desk });
  const list = useInfiniteQuery({
    queryKey: telephonyKeys.calls,
    queryFn: ({ pageParam }) =>
      telephonyApi.calls({ limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (!list.isSuccess) return <Pending of={list} lines={6} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0)
    return desk.data?.hasLine === false ? (
      <EmptyState icon={Phone} title={t('telephony.noLine')} text={t('telephony.noLineWords')} />
    ) : (
      <p className={css.quiet}>{t('telephony.calls.none')}</p>
    );
  return (
    <div className={css.part}>
      <h2 className={css.heading}>{t('telephony.calls')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={t('telephony.calls')}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('telephony.column.number')}</th>
              <th scope="col">{t('telephony.column.direction')}</th>
              <th scope="col">{t('telephony.column.state')}</th>
              <th scope="col">{t('telephony.column.extension')}</th>
              <th scope="col">{t('telephony.column.began')}</th>
              <th scope="col">{t('telephony.column.waited')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((call) => {
              const until = call.answeredAt ?? call.endedAt;
              return (
                <tr key={call.id}>
                  <th scope="row">{call.numberMasked ?? t('telephony.withheld')}</th>
                  <td>{t(`telephony.direction.${call.direction}`)}</td>
                  <td>{t(`telephony.state.${call.state}`)}</td>
                  <td>{call.extension}</td>
                  <td>{when(call.beganAt, now)}</td>
                  <td>
                    {until === null
                      ? null
                      : duration(Math.max(0, Date.parse(until) - Date.parse(call.beganAt)))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {list.hasNextPage && (
        <div>
          <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Lines() {
  const text = useText();
  const { t, when } = text;
  const now = useNow();
  const lines = useQuery({ queryKey: telephonyKeys.lines, queryFn: telephonyApi.lines });
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const [made, setMade] = useState<{ line: string; secret: string } | null>(null);
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const attempt = async (deed: () => Promise<void>): Promise<void> => {
    setError(null);
    try {
      await deed();
    } catch (problem) {
      setError(problemText(problem, text));
    }
    void queryClient.invalidateQueries({ queryKey: telephonyKeys.lines });
    void queryClient.invalidateQueries({ queryKey: telephonyKeys.desk });
  };
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '') return;
    await attempt(async () => {
      setMade(await telephonyApi.makeLine(name.trim()));
      setName('');
      setTried(false);
    });
  };
  return (
    <div className={css.part}>
      <h2 className={css.heading}>{t('telephony.lines')}</h2>
      <p className={css.quiet}>{t('telephony.lines.hint')}</p>
      {error !== null && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      <form className={css.row} onSubmit={(event) => void make(event)} noValidate>
        <TextField
          label={t('telephony.lines.name')}
          maxLength={60}
          value={name}
          onChange={setName}
          error={isTried && name.trim() === '' ? t('telephony.lines.need') : undefined}
        />
        <Button type="submit" variant="primary">
          {t('telephony.lines.make')}
        </Button>
      </form>
      {made !== null && (
        <output className={css.part}>
          <strong>{t('telephony.lines.secret')}</strong>
          <code className={css.secret}>x-gongzhi-line: {made.line}</code>
          <code className={css.secret}>{made.secret}</code>
        </output>
      )}
      <Pending of={lines} lines={3} />
      {lines.data?.items.length === 0 && <p className={css.quiet}>{t('telephony.lines.none')}</p>}
      {lines.data !== undefined && lines.data.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={css.scroll} tabIndex={0} aria-label={t('telephony.lines')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('telephony.lines.name')}</th>
                <th scope="col">{t('telephony.lines.made')}</th>
                <th scope="col">{t('telephony.lines.heard')}</th>
                <th scope="col">{t('telephony.column.state')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.data.items.map((line) => (
                <tr key={line.id}>
                  <th scope="row">{line.name}</th>
                  <td>
                    {line.madeName} · {when(line.madeAt, now)}
                  </td>
                  <td>{line.heardAt === null ? t('telephony.lines.never') : when(line.heardAt, now)}</td>
                  <td>
                    {line.revokedAt === null ? (
                      <Button size="small" variant="danger" onPress={() => setRevoking(line)}>
                        {t('telephony.lines.revoke')}
                      </Button>
                    ) : (
                      <StatusChip tone="waiting" word={t('telephony.lines.revoked')} />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {revoking !== null && (
        <AskFirst
          title={t('telephony.lines.revoke.named', { name: revoking.name })}
          words={t('telephony.lines.revoke.ask', { name: revoking.name })}
          keep={t('telephony.lines.revoke.keep')}
          act={t('telephony.lines.revoke')}
          onAct={() => attempt(() => telephonyApi.revokeLine(revoking.id))}
          onClose={() => setRevoking(null)}
        />
      )}
    </div>
  );
}
