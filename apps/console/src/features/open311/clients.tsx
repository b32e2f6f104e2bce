import { Button, Checkbox, Dialog, EmptyState, notify, StatusChip, TextField, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { type Client, open311Api, open311Keys } from './api.ts';
import css from './open311.module.css';
import { Pending } from '../../components/pending.tsx';

/** Whose software may report to the street, and what each sent lately. */
export function Clients({ scopeId }: { scopeId: string }) {
  const { t, when } = useText();
  const now = useNow();
  const [isAdding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<Client | null>(null);
  const list = useQuery({
    queryKey: open311Keys.clients(scopeId),
    queryFn: () => open311Api.clients(scopeId),
  });
  return (
    <section className={css.part} aria-label={t('open311.clients')}>
      <div className={css.bar}>
        <h2 className={css.heading}>{t('open311.clients')}</h2>
        <Button
          icon={KeyRound}
          onPress={() => {
            setAdding(true);
          }}
        >
          {t('open311.clients.add')}
        </Button>
      </div>
      <Pending of={list} lines={3} />
      {list.data?.items.length === 0 && <EmptyState icon={KeyRound} title={t('open311.clients.empty')} />}
      <ul className={css.rows}>
        {list.data?.items.map((one) => (
          <li key={one.id} className={css.client} data-off={one.revokedAt !== null}>
            <span className={css.named}>
              <strong>{one.name}</strong>
              {one.revokedAt !== null && <StatusChip tone="waiting" word={t('open311.clients.revoked')} />}
            </span>
            <span className={css.meta}>
              {[
                one.mayReport && t('open311.clients.may_report'),
                one.mayUpdate && t('open311.clients.may_update'),
                t('open311.clients.rate', { count: one.perMinute }),
              ]
                .filter((part) => part !== false)
                .join(' · ')}
            </span>
            <span className={css.meta}>{t('open311.clients.reports', { count: one.reports })}</span>
            <span className={css.meta}>
              {t('open311.clients.since', { name: one.createdByName, when: when(one.createdAt, now) })}
            </span>
            {one.revokedAt === null && (
              <Button
                size="small"
                variant="quiet"
                aria-label={t('open311.clients.revoke.named', { name: one.name })}
                onPress={() => {
                  setRevoking(one);
                }}
              >
                {t('open311.clients.revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isAdding && (
        <NewClient
          scopeId={scopeId}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {revoking !== null && (
        <Revoke
          scopeId={scopeId}
          of={revoking}
          onClose={() => {
            setRevoking(null);
          }}
        />
      )}
    </section>
  );
}

const reread = (scopeId: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: open311Keys.clients(scopeId) });

function NewClient({ scopeId, onClose }: { scopeId: string; onClose: () => void }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [name, setName] = useState('');
  const [mayReport, setReport] = useState(true);
  const [mayUpdate, setUpdate] = useState(true);
  const [perMinute, setPerMinute] = useState('60');
  const [key, setKey] = useState<string | null>(null);
  const most = Number(perMinute);
  const isRate = /^\d{1,3}$/.test(perMinute) && most >= 1 && most <= 600;
  const isWhole = name.trim() !== '' && isRate && (mayReport || mayUpdate);
  const submit = async (): Promise<void> => {
    const body = { name: name.trim(), mayReport, mayUpdate, perMinute: most };
    const made = await send(body, (intent) => open311Api.createClient(scopeId, body, intent));
    if (made === undefined) return;
    setKey(made.key);
    void reread(scopeId);
  };
  if (key !== null)
    return (
      <Dialog
        title={t('open311.clients.key')}
        isOpen
        // The key is told nowhere else: it goes by one's own act only.
        isFirm
        onOpenChange={onClose}
        footer={
          <Button variant="primary" onPress={onClose}>
            {t('open311.clients.done')}
          </Button>
        }
      >
        <div className={css.form}>
          <code className={css.key}>{key}</code>
          <p>
            <Button
              onPress={() => {
                void navigator.clipboard.writeText(key).then(() => {
                  notify(t('open311.clients.copied'));
                });
              }}
            >
              {t('open311.clients.copy')}
            </Button>
          </p>
        </div>
      </Dialog>
    );
  return (
    <FormDialog
      title={t('open311.clients.add')}
      send={t('open311.clients.create')}
      isWhole={isWhole}
      isBusy={isBusy}
      error={error}
      onSend={submit}
      onClose={onClose}
    >
      <TextField label={t('open311.clients.name')} maxLength={60} value={name} onChange={setName} />
      <Checkbox isSelected={mayReport} onChange={setReport}>
        {t('open311.clients.may_report')}
      </Checkbox>
      <Checkbox isSelected={mayUpdate} onChange={setUpdate}>
        {t('open311.clients.may_update')}
      </Checkbox>
      <TextField
        label={t('open311.clients.per_minute')}
        inputMode="numeric"
        maxLength={3}
        value={perMinute}
        error={isRate ? undefined : t('open311.clients.per_minute.range')}
        onChange={setPerMinute}
      />
    </FormDialog>
  );
}

function Revoke({ scopeId, of, onClose }: { scopeId: string; of: Client; onClose: () => void }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const revoke = async (): Promise<void> => {
    const gone = await send(of.id, (intent) => open311Api.revokeClient(scopeId, of.id, intent));
    if (gone === undefined) return;
    await reread(scopeId);
    onClose();
  };
  return (
    <Dialog
      title={t('open311.clients.revoke.named', { name: of.name })}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('open311.clients.revoke.keep')}</Button>
          <Button variant="danger" isBusy={isBusy} onPress={() => void revoke()}>
            {t('open311.clients.revoke')}
          </Button>
        </>
      }
    >
      <p>{t('open311.clients.revoke.ask', { name: of.name })}</p>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </Dialog>
  );
}
