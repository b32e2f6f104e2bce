import { everyPage } from '@gongzhi/ui/client/index.ts';
import { Button, Select, StatusChip, TextField, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.ts';
import { problemText } from '../app/errors.ts';
import { queryClient, queryKeys } from '../app/query.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { AskFirst } from '../components/ask-first.tsx';
import { type Clients, hotlineApi, hotlineKeys } from '../features/hotline/api.ts';
import css from '../features/hotline/form.module.css';
import { Pending } from '../components/pending.tsx';

/** The systems that send cases in by the signed webhook (docs/hotline.md). */
export default function HotlineClientsPage() {
  const text = useText();
  const { t } = text;
  useTitle(t('hotline.clients.title'));
  const clients = useQuery({ queryKey: hotlineKeys.clients, queryFn: hotlineApi.clients });
  const [error, setError] = useState<string | null>(null);
  const attempt = async (deed: () => Promise<unknown>): Promise<void> => {
    setError(null);
    try {
      await deed();
    } catch (problem) {
      setError(problemText(problem, text));
    }
    void queryClient.invalidateQueries({ queryKey: hotlineKeys.clients });
  };
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t('hotline.clients.title')}</h1>
      <p className={css.quiet}>{t('hotline.clients.hint')}</p>
      {error !== null && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      <Pending of={clients} lines={4} />
      {clients.data !== undefined && (
        <>
          <Make cityId={clients.data.cityId} attempt={attempt} />
          <List clients={clients.data} onRevoke={(id) => attempt(() => hotlineApi.revokeClient(id))} />
        </>
      )}
    </div>
  );
}

function Make({
  cityId,
  attempt,
}: {
  cityId: string;
  attempt: (deed: () => Promise<unknown>) => Promise<void>;
}) {
  const { t } = useText();
  const city = useQuery({ queryKey: queryKeys.scope(cityId), queryFn: () => api.scope(cityId) });
  const streets = useQuery({
    queryKey: queryKeys.scopes('street', ''),
    queryFn: () => everyPage((cursor) => api.scopes({ kind: 'street', limit: 100, ...cursor })),
  });
  const [name, setName] = useState('');
  const [unitId, setUnitId] = useState(cityId);
  const [isTried, setTried] = useState(false);
  const [made, setMade] = useState<{ client: string; secret: string } | null>(null);
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '') return;
    await attempt(async () => {
      setMade(await hotlineApi.makeClient({ name: name.trim(), unitId }));
      setName('');
      setTried(false);
    });
  };
  return (
    <>
      <form className={css.row} onSubmit={(event) => void make(event)} noValidate>
        <TextField
          label={t('hotline.clients.name')}
          maxLength={60}
          value={name}
          onChange={setName}
          error={isTried && name.trim() === '' ? t('hotline.need') : undefined}
        />
        <Select
          label={t('hotline.clients.unit')}
          options={[
            { value: cityId, label: city.data?.name ?? t('hotline.level.city') },
            ...(streets.data?.items ?? []).map((street) => ({ value: street.id, label: street.name })),
          ]}
          value={unitId}
          onChange={setUnitId}
        />
        <Button type="submit" variant="primary">
          {t('hotline.clients.make')}
        </Button>
      </form>
      {made !== null && (
        <output className={css.part}>
          <strong>{t('hotline.clients.secret')}</strong>
          <code className={css.secret}>x-gongzhi-client: {made.client}</code>
          <code className={css.secret}>{made.secret}</code>
        </output>
      )}
    </>
  );
}

function List({ clients, onRevoke }: { clients: Clients; onRevoke: (id: string) => Promise<void> }) {
  const { t, when } = useText();
  const now = useNow();
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  if (clients.items.length === 0) return <p className={css.quiet}>{t('hotline.clients.none')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t('hotline.clients.title')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('hotline.clients.name')}</th>
            <th scope="col">{t('hotline.clients.unit')}</th>
            <th scope="col">{t('hotline.clients.made')}</th>
            <th scope="col">{t('hotline.column.status')}</th>
          </tr>
        </thead>
        <tbody>
          {clients.items.map((client) => (
            <tr key={client.id}>
              <th scope="row">{client.name}</th>
              <td>{client.unitName}</td>
              <td>
                {client.madeName} · {when(client.madeAt, now)}
              </td>
              <td>
                {client.revokedAt === null ? (
                  <Button size="small" variant="danger" onPress={() => setRevoking(client)}>
                    {t('hotline.clients.revoke')}
                  </Button>
                ) : (
                  <StatusChip tone="waiting" word={t('hotline.clients.revoked')} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {revoking !== null && (
        <AskFirst
          title={t('hotline.clients.revoke.named', { name: revoking.name })}
          words={t('hotline.clients.revoke.ask', { name: revoking.name })}
          keep={t('hotline.clients.revoke.keep')}
          act={t('hotline.clients.revoke')}
          onAct={() => onRevoke(revoking.id)}
          onClose={() => setRevoking(null)}
        />
      )}
    </section>
  );
}
