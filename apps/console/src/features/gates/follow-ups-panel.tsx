import { localDate } from '@gongzhi/kernel';
import { Button, EmptyState, ErrorState, notify, Select, Skeleton, StatusChip, TextField } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { HeartHandshake } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { passesApi } from '../passes/api.ts';
import { type FollowUp, type FollowUps, gatesApi } from './api.ts';
import { again } from './gate-form.tsx';
import css from './css.ts';

/** Who is looked after under a measure, and who went out and did not come back. Without a measure there is no such list. */
export function FollowUpsPanel({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t, exact } = text;
  const list = useQuery({
    queryKey: [...queryKeys.gates, 'follow-ups', scopeId],
    queryFn: () => gatesApi.followUps(scopeId),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  if (list.isPending) return <Skeleton label={t('common.loading')} lines={6} isCard />;
  if (list.isError)
    return <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />;
  const { measures, items, mayWork } = list.data;
  if (measures.length === 0)
    return (
      <EmptyState icon={HeartHandshake} title={t('followUp.noMeasure')} text={t('followUp.noMeasureWords')} />
    );
  return (
    <>
      <p className={css.quiet}>{t('followUp.intro')}</p>
      {measures.map(({ id, name, authority, documentNo, endsAt }) => (
        <p key={id} className={css.quiet}>
          {t('followUp.under', { name, authority, document: documentNo, date: exact(endsAt) })}
        </p>
      ))}
      {mayWork && <Declare scopeId={scopeId} measures={measures} />}
      {items.length === 0 ? (
        <EmptyState icon={HeartHandshake} title={t('followUp.none')} text={t('followUp.noneWords')} />
      ) : (
        <div className={css.scroll} role="group" aria-label={t('gates.tabs.followUps')} tabIndex={0}>
          <table className={css.table}>
            <caption className="gz-hidden">{t('gates.tabs.followUps')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('followUp.who')}</th>
                <th scope="col">{t('followUp.what')}</th>
                <th scope="col">{t('followUp.since')}</th>
                <th scope="col">{t('followUp.due')}</th>
                <th scope="col">{t('followUp.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Row
                  key={`${item.kind} ${item.passId} ${item.policyId}`}
                  scopeId={scopeId}
                  item={item}
                  mayWork={mayWork}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Row({ scopeId, item, mayWork }: { scopeId: string; item: FollowUp; mayWork: boolean }) {
  const { t, exact } = useText();
  const mayOpen = useMay('household.read');
  const who = item.name ?? item.home ?? t('gates.passage.unknown');
  const what =
    item.kind === 'declared'
      ? t('followUp.kinds.declared', { words: item.words ?? '' })
      : t(`followUp.kinds.${item.kind}`);
  return (
    <tr>
      <th scope="row">
        {who}
        <span className={css.below}>
          {[t(`pass.kind.${item.passKind}`), item.phone, item.name === null ? null : item.home]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
        {mayOpen && item.householdId !== null && (
          <Link
            className={css.link ?? ''}
            {...url.household(scopeId, item.householdId)}
            aria-label={`${t('followUp.home')} ${who}`}
          >
            {t('followUp.home')}
          </Link>
        )}
      </th>
      <td>{what}</td>
      <td className={css.nowrap}>
        {item.kind === 'declared' ? localDate(Date.parse(item.since)) : exact(item.since)}
      </td>
      <td className={css.nowrap}>
        {item.dueOn}
        {item.isOverdue && <StatusChip tone="late" word={t('followUp.overdue')} />}
      </td>
      <td>
        {item.doneAt === null ? (
          <StatusChip tone="waiting" word={t('followUp.open')} />
        ) : (
          <>
            {item.note}
            <span className={css.below}>
              {t('followUp.done', { name: item.doneByName ?? '', date: exact(item.doneAt) })}
            </span>
          </>
        )}
        {mayWork && <Settle scopeId={scopeId} item={item} who={who} />}
      </td>
    </tr>
  );
}

function Settle({ scopeId, item, who }: { scopeId: string; item: FollowUp; who: string }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [isOpen, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const settle = async (): Promise<void> => {
    const { policyId, passId, kind, version } = item;
    const body = { scopeId, policyId, passId, kind, expectedVersion: version, note: note.trim() };
    const done = await send(body, (key) => gatesApi.settleFollowUp(body, key));
    if (done === undefined) return;
    notify(t('followUp.saved'));
    again();
    setOpen(false);
    setNote('');
  };
  return (
    <span className={css.acts}>
      <Button
        size="small"
        aria-label={`${t('followUp.settle')} ${who}`}
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('followUp.settle')}
      </Button>
      {isOpen && (
        <FormDialog
          title={`${t('followUp.settleTitle')} · ${who}`}
          send={t('gates.save')}
          isWhole={note.trim() !== ''}
          isBusy={isBusy}
          error={error}
          onSend={settle}
          onClose={() => {
            setOpen(false);
          }}
        >
          <p>{t('followUp.settleWords')}</p>
          <TextField
            label={t('followUp.note')}
            value={note}
            maxLength={400}
            rows={3}
            isRequired
            onChange={setNote}
          />
        </FormDialog>
      )}
    </span>
  );
}

const today = (): string =>
  new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

function Declare({ scopeId, measures }: { scopeId: string; measures: FollowUps['measures'] }) {
  const { t } = useText();
  const mayFind = useMay('pass.read');
  const [isOpen, setOpen] = useState(false);
  // Whoever may not look up passes has nobody to choose.
  if (!mayFind) return null;
  return (
    <div className={css.line}>
      <Button
        onPress={() => {
          setOpen(true);
        }}
      >
        {t('followUp.declare')}
      </Button>
      {isOpen && (
        <DeclareForm
          scopeId={scopeId}
          measures={measures}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </div>
  );
}

function DeclareForm({
  scopeId,
  measures,
  onClose,
}: {
  scopeId: string;
  measures: FollowUps['measures'];
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [home, setHome] = useState('');
  const [passId, setPass] = useState('');
  const [policyId, setPolicy] = useState(measures[0]?.id ?? '');
  const [words, setWords] = useState('');
  const [cameOn, setCameOn] = useState(today);
  const q = useDeferredValue(home.trim());
  // A home, and nothing by which one could try one's way through phones.
  const isHome = /\D/.test(q) && q.length >= 3;
  const found = useQuery({
    queryKey: [...queryKeys.gates, 'people-of', scopeId, q],
    queryFn: () => passesApi.passes({ scopeId, q, isLive: true, limit: 50 }),
    enabled: isHome,
  });
  const people = (found.data?.items ?? []).filter(({ kind }) =>
    ['resident', 'family', 'tenant', 'minor', 'card'].includes(kind),
  );
  const declare = async (): Promise<void> => {
    const body = { scopeId, policyId, passId, words: words.trim(), cameOn };
    const done = await send(body, (key) => gatesApi.declareReturn(body, key));
    if (done === undefined) return;
    notify(t('followUp.saved'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={t('followUp.declare')}
      send={t('gates.save')}
      isWhole={people.some(({ id }) => id === passId) && words.trim() !== '' && cameOn !== ''}
      isBusy={isBusy}
      error={error}
      onSend={declare}
      onClose={onClose}
    >
      <p>{t('followUp.declareWords')}</p>
      <TextField label={t('followUp.find')} value={home} maxLength={40} onChange={setHome} />
      {isHome && found.isSuccess && people.length === 0 && (
        <p className={css.quiet} role="status">
          {t('followUp.findNobody')}
        </p>
      )}
      <Select
        label={t('followUp.person')}
        placeholder={t('followUp.person')}
        value={passId}
        options={people.map(({ id, name, kind, householdLabel }) => ({
          value: id,
          label: [name, t(`pass.kind.${kind}`), householdLabel].filter((part) => part !== null).join(' · '),
        }))}
        onChange={setPass}
      />
      {measures.length > 1 && (
        <Select
          label={t('followUp.measure')}
          value={policyId}
          options={measures.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setPolicy}
        />
      )}
      <TextField label={t('followUp.words')} value={words} maxLength={200} isRequired onChange={setWords} />
      <TextField label={t('followUp.cameOn')} type="date" value={cameOn} isRequired onChange={setCameOn} />
    </FormDialog>
  );
}
