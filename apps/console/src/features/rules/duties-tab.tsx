import { Button, Checkbox, Dialog, ErrorState, Select, Skeleton, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { deskApi, deskKeys, type DutyRule, type Receiver } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { sentenceOf, useDuties } from '../desk/receiver-picker.tsx';
import { DeskPhones } from './desk-phones.tsx';
import css from './rules.module.css';
import { useSaving } from './use-saving.ts';

const PAYERS = ['resident', 'owners', 'company', 'developer', 'receiver', 'cause'] as const;
const DOERS = ['company', 'receiver', 'resident'] as const;
const KINDS = [
  'water',
  'power',
  'gas',
  'heating',
  'telecom',
  'police',
  'fire',
  'medical',
  'city',
  'street',
  'other',
] as const;

/** Whose matter it is, as residents are told; and the offices that take over what isn't ours. */
export default function DutiesTab({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t, tk, named } = text;
  const duties = useDuties(scopeId);
  const [rule, setRule] = useState<DutyRule | null>(null);
  const [receiver, setReceiver] = useState<Receiver | 'new' | null>(null);
  if (duties.isPending) return <Skeleton label={t('common.loading')} lines={10} isCard />;
  if (duties.isError)
    return <ErrorState text={problemText(duties.error, text)} onRetry={() => void duties.refetch()} />;
  const { items, receivers, mayEdit, earliest } = duties.data;
  const nameOf = (code: string | null): string => {
    const found = receivers.find((one) => one.code === code);
    return found === undefined ? (code ?? '') : named({ zh: found.nameZh, en: found.nameEn });
  };
  return (
    <div className={css.main}>
      <p className={css.hint}>{mayEdit ? t('desk.duties.hint') : t('desk.rules.readOnly')}</p>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th>{t('console.order.duty')}</th>
              <th>{t('desk.duties.payer')}</th>
              <th>{t('desk.duties.doer')}</th>
              <th>{t('desk.duties.sentence')}</th>
              <th>{t('desk.duties.source')}</th>
              {mayEdit && (
                <th>
                  <span className="gz-hidden">{t('desk.duties.change')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={`${one.duty}.${one.categoryCode ?? ''}`}>
                <th scope="row">
                  {tk(`duties.${one.duty}`)}
                  {one.categoryCode !== null && <span className={css.meta}>{one.categoryCode}</span>}
                </th>
                <td>{tk(`desk.payer.${one.payer}`)}</td>
                <td>
                  {one.doer === 'receiver' && one.receiverCode !== null
                    ? nameOf(one.receiverCode)
                    : tk(`desk.doer.${one.doer}`)}
                </td>
                <td className={css.wide}>{sentenceOf(one, text)}</td>
                <td>
                  <span className={css.tag}>{tk(`desk.level.${one.level}`)}</span> {one.source}
                </td>
                {mayEdit && (
                  <td>
                    <Button
                      size="small"
                      onPress={() => {
                        setRule(one);
                      }}
                    >
                      {t('desk.duties.change')}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <DeskPhones />
      <section className={css.box} aria-label={t('desk.receivers')}>
        <h2 className={css.heading}>{t('desk.receivers')}</h2>
        {receivers.length === 0 && <p className={css.hint}>{t('desk.receivers.none')}</p>}
        <ul className={css.versions}>
          {receivers.map((one) => (
            <li key={one.code} data-off={!one.isActive}>
              <span className={css.tag}>{tk(`desk.receiver.${one.kind}`)}</span>
              <span>{named({ zh: one.nameZh, en: one.nameEn })}</span>
              <span>{one.phone}</span>
              <span className={css.meta}>
                {one.hours} {one.scopeName}
                {!one.isActive && ` ${t('desk.templates.off')}`}
              </span>
              {mayEdit && (
                <Button
                  size="small"
                  variant="quiet"
                  onPress={() => {
                    setReceiver(one);
                  }}
                >
                  {t('desk.duties.change')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {mayEdit && (
          <div>
            <Button
              size="small"
              onPress={() => {
                setReceiver('new');
              }}
            >
              {t('desk.receivers.add')}
            </Button>
          </div>
        )}
      </section>
      {rule !== null && (
        <RuleDialog
          rule={rule}
          scopeId={scopeId}
          earliest={earliest}
          receivers={receivers}
          onClose={() => {
            setRule(null);
          }}
        />
      )}
      {receiver !== null && (
        <ReceiverDialog
          receiver={receiver === 'new' ? null : receiver}
          scopeId={scopeId}
          onClose={() => {
            setReceiver(null);
          }}
        />
      )}
    </div>
  );
}

function RuleDialog({
  rule,
  scopeId,
  earliest,
  receivers,
  onClose,
}: {
  rule: DutyRule;
  scopeId: string;
  earliest: string;
  receivers: readonly Receiver[];
  onClose: () => void;
}) {
  const { t, tk, named } = useText();
  const saving = useSaving();
  const [draft, setDraft] = useState({
    payer: rule.payer,
    doer: rule.doer,
    receiverCode: rule.receiverCode ?? '',
    sentenceZh: rule.sentenceZh ?? '',
    sentenceEn: rule.sentenceEn ?? '',
    source: rule.source,
    validFrom: earliest,
  });
  const change = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const save = async (): Promise<void> => {
    const done = await saving.run(async () => {
      await deskApi.saveDuty(rule.duty, {
        ...draft,
        scopeId,
        categoryCode: rule.categoryCode,
        receiverCode: draft.receiverCode === '' ? null : draft.receiverCode,
        expectedVersion: saving.newest ?? rule.ownVersion,
      });
      await queryClient.invalidateQueries({ queryKey: deskKeys.duties(scopeId) });
    });
    if (done) onClose();
  };
  return (
    <Dialog
      title={tk(`duties.${rule.duty}`)}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <Button variant="primary" isBusy={saving.isBusy} onPress={() => void save()}>
          {saving.newest === null ? t('desk.save') : t('desk.rules.saveAnyway')}
        </Button>
      }
    >
      <div className={css.form}>
        <div className={css.row}>
          <Select
            label={t('desk.duties.payer')}
            options={PAYERS.map((value) => ({ value, label: t(`desk.payer.${value}`) }))}
            value={draft.payer}
            onChange={(value) => {
              const payer = PAYERS.find((one) => one === value);
              if (payer !== undefined) change({ payer });
            }}
          />
          <Select
            label={t('desk.duties.doer')}
            options={DOERS.map((value) => ({ value, label: t(`desk.doer.${value}`) }))}
            value={draft.doer}
            onChange={(value) => {
              const doer = DOERS.find((one) => one === value);
              if (doer !== undefined) change({ doer });
            }}
          />
        </div>
        <Select
          label={t('desk.duties.receiver')}
          placeholder={t('console.choose')}
          options={receivers
            .filter((one) => one.isActive)
            .map((one) => ({ value: one.code, label: named({ zh: one.nameZh, en: one.nameEn }) }))}
          value={draft.receiverCode}
          error={saving.fault('receiverCode')}
          onChange={(receiverCode) => {
            change({ receiverCode });
          }}
        />
        <TextField
          label={t('desk.duties.sentenceZh')}
          rows={2}
          maxLength={200}
          value={draft.sentenceZh}
          error={saving.fault('sentenceZh')}
          onChange={(sentenceZh) => {
            change({ sentenceZh });
          }}
        />
        <TextField
          label={t('desk.duties.sentenceEn')}
          rows={2}
          maxLength={400}
          value={draft.sentenceEn}
          error={saving.fault('sentenceEn')}
          onChange={(sentenceEn) => {
            change({ sentenceEn });
          }}
        />
        <div className={css.row}>
          <TextField
            label={t('desk.rules.validFrom')}
            type="date"
            value={draft.validFrom}
            error={saving.fault('validFrom')}
            onChange={(validFrom) => {
              change({ validFrom });
            }}
          />
          <TextField
            label={t('desk.duties.source')}
            maxLength={200}
            value={draft.source}
            error={saving.fault('source')}
            onChange={(source) => {
              change({ source });
            }}
          />
        </div>
        {saving.error !== null && (
          <p className={css.error} role="alert">
            {saving.error}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function ReceiverDialog({
  receiver,
  scopeId,
  onClose,
}: {
  receiver: Receiver | null;
  scopeId: string;
  onClose: () => void;
}) {
  const { t } = useText();
  const saving = useSaving();
  const [draft, setDraft] = useState({
    code: receiver?.code ?? '',
    kind: receiver?.kind ?? ('water' as const),
    nameZh: receiver?.nameZh ?? '',
    nameEn: receiver?.nameEn ?? '',
    phone: receiver?.phone ?? '',
    hours: receiver?.hours ?? '',
    isActive: receiver?.isActive ?? true,
  });
  const change = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const save = async (): Promise<void> => {
    const { code, ...body } = draft;
    const isOwn = receiver?.scopeId === scopeId;
    const done = await saving.run(async () => {
      await deskApi.saveReceiver(code.trim(), {
        ...body,
        scopeId,
        // Another level's is not changed: one's own word stands before it.
        expectedVersion: saving.newest ?? (isOwn ? receiver.version : 0),
      });
      await queryClient.invalidateQueries({ queryKey: deskKeys.duties(scopeId) });
    });
    if (done) onClose();
  };
  const field = (name: 'nameZh' | 'nameEn' | 'phone' | 'hours', most: number) => (
    <TextField
      label={t(`desk.receivers.${name}`)}
      maxLength={most}
      value={draft[name]}
      error={saving.fault(name)}
      onChange={(value) => {
        change({ [name]: value });
      }}
    />
  );
  return (
    <Dialog
      title={receiver === null ? t('desk.receivers.add') : receiver.nameZh}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <Button variant="primary" isBusy={saving.isBusy} onPress={() => void save()}>
          {saving.newest === null ? t('desk.save') : t('desk.rules.saveAnyway')}
        </Button>
      }
    >
      <div className={css.form}>
        <div className={css.row}>
          <Select
            label={t('desk.receivers.kind')}
            options={KINDS.map((value) => ({ value, label: t(`desk.receiver.${value}`) }))}
            value={draft.kind}
            onChange={(value) => {
              const kind = KINDS.find((one) => one === value);
              if (kind !== undefined) change({ kind });
            }}
          />
          <TextField
            label={t('desk.receivers.code')}
            description={t('desk.receivers.codeHelp')}
            maxLength={40}
            isDisabled={receiver !== null}
            value={draft.code}
            error={saving.fault('code')}
            onChange={(code) => {
              change({ code });
            }}
          />
        </div>
        {field('nameZh', 40)}
        {field('nameEn', 80)}
        <div className={css.row}>
          {field('phone', 20)}
          {field('hours', 60)}
        </div>
        <Checkbox
          isSelected={draft.isActive}
          onChange={(isActive) => {
            change({ isActive });
          }}
        >
          {t('desk.templates.active')}
        </Checkbox>
        {saving.error !== null && (
          <p className={css.error} role="alert">
            {saving.error}
          </p>
        )}
      </div>
    </Dialog>
  );
}
