import { explainBill, rate, yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, Dialog, notify, Select, TextField } from '@gongzhi/ui';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Body } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { billingApi, billingKeys, type Tariff } from './api.ts';
import css from './css.ts';
import { draftOf, emptyDraft, kinds, ruleOf, type TariffDraft, termsOf } from './draft.ts';
import { untyped } from './parts.tsx';
import { RuleFields } from './rule-fields.tsx';

/** A new version of what an item costs, with its source; tried on a home by the rules that bill it. */
export function TariffDialog({
  scopeId,
  tariff,
  versions,
  onClose,
}: {
  scopeId: string;
  tariff: Tariff | null;
  versions: readonly Tariff[];
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const [draft, setDraft] = useState<TariffDraft>(() => (tariff === null ? emptyDraft() : draftOf(tariff)));
  const [isTried, setTried] = useState(false);
  const [intent] = useState(() => new Intent<Body<'changeTariff'>>());
  const change = (part: Partial<TariffDraft>): void => setDraft({ ...draft, ...part });
  const rule = ruleOf(draft);
  const terms = termsOf(draft);
  const item = tariff?.item ?? draft.item.trim();
  const isItemRight = /^[a-z][a-z0-9_]{1,38}$/.test(item);
  // The versions of one item stand the latest first; of those of one day the last that was written.
  const replaces =
    versions.filter((one) => one.item === item).toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]
      ?.id ?? null;
  const example = useMutation({
    mutationFn: () =>
      billingApi.preview({
        scopeId,
        item: isItemRight ? item : 'example',
        name: draft.name.trim() || '-',
        rule: rule!,
        terms: terms!,
        usedMilli: 300_000,
        period: `${draft.month}-01`,
      }),
  });
  const save = useMutation({
    mutationFn: () => {
      const body = {
        scopeId,
        item,
        name: draft.name.trim(),
        rule: rule!,
        terms: terms!,
        validFrom: `${draft.month}-01`,
        source: draft.source.trim(),
        replaces,
      };
      return intent.send({ ...body, replaces: null }, () => body, billingApi.change);
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: billingKeys.all });
      notify(t('billing.tariff.saved'));
      onClose();
    },
  });
  const wrong = {
    item: isItemRight ? undefined : t('billing.need.item'),
    name: draft.name.trim() === '' ? t('billing.need.name') : undefined,
    price: rule === null ? t('billing.need.price') : undefined,
    month: /^\d{4}-(0[1-9]|1[0-2])$/.test(draft.month) ? undefined : t('billing.need.month'),
    source: draft.source.trim() === '' ? t('billing.need.source') : undefined,
    terms: terms === null ? t('billing.need.terms') : undefined,
  };
  const isRight = Object.values(wrong).every((one) => one === undefined);
  const said = (one: string | undefined) => (isTried ? one : undefined);
  const problem = save.error ?? example.error;
  return (
    <Dialog
      title={tariff === null ? t('billing.tariff.add') : t('billing.tariff.change', { name: tariff.name })}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            isBusy={example.isPending}
            onPress={() => {
              if (rule !== null && terms !== null && wrong.month === undefined) example.mutate();
              else setTried(true);
            }}
          >
            {t('billing.tariff.example')}
          </Button>
          <Button
            variant="primary"
            isBusy={save.isPending}
            onPress={() => {
              setTried(true);
              if (isRight) save.mutate();
            }}
          >
            {t('billing.tariff.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <div className={css.pair}>
          <TextField
            label={t('billing.form.name')}
            maxLength={40}
            value={draft.name}
            onChange={(name) => change({ name })}
            error={said(wrong.name)}
          />
          {tariff === null && (
            <TextField
              label={t('billing.form.item')}
              description={t('billing.form.itemText')}
              maxLength={39}
              value={draft.item}
              onChange={(next) => change({ item: next })}
              error={said(wrong.item)}
            />
          )}
        </div>
        <Select
          label={t('billing.form.kind')}
          options={kinds.map((value) => ({ value, label: t(`billing.kind.${value}`) }))}
          value={draft.kind}
          onChange={(kind) => change({ kind: kind as TariffDraft['kind'] })}
        />
        <RuleFields draft={draft} change={change} error={said(wrong.price)} />
        <div className={css.pair}>
          <TextField
            label={t('billing.form.month')}
            type="month"
            value={draft.month}
            onChange={(month) => change({ month })}
            error={said(wrong.month)}
          />
          <TextField
            label={t('billing.form.dueDays')}
            inputMode="numeric"
            value={draft.dueDays}
            onChange={(dueDays) => change({ dueDays })}
            error={said(wrong.terms)}
          />
        </div>
        <TextField
          label={t('billing.form.source')}
          description={t('billing.form.sourceText')}
          maxLength={300}
          value={draft.source}
          onChange={(source) => change({ source })}
          error={said(wrong.source)}
        />
        <details>
          <summary>{t('billing.form.more')}</summary>
          <div className={css.form}>
            <TextField
              label={t('billing.form.vacant')}
              inputMode="decimal"
              value={draft.vacantPercent}
              onChange={(vacantPercent) => change({ vacantPercent })}
            />
            <div className={css.pair}>
              <TextField
                label={t('billing.form.earlyDays')}
                inputMode="numeric"
                value={draft.earlyDays}
                onChange={(earlyDays) => change({ earlyDays })}
              />
              <TextField
                label={t('billing.form.earlyPercent')}
                inputMode="decimal"
                value={draft.earlyPercent}
                onChange={(earlyPercent) => change({ earlyPercent })}
              />
            </div>
            <div className={css.pair}>
              <TextField
                label={t('billing.form.surcharge')}
                inputMode="decimal"
                value={draft.surchargePerMille}
                onChange={(surchargePerMille) => change({ surchargePerMille })}
              />
              <TextField
                label={t('billing.form.grace')}
                inputMode="numeric"
                value={draft.graceDays}
                onChange={(graceDays) => change({ graceDays })}
              />
              <TextField
                label={t('billing.form.cap')}
                inputMode="decimal"
                value={draft.capPercent}
                onChange={(capPercent) => change({ capPercent })}
              />
            </div>
            <p className={css.note}>{t('billing.form.surchargeText')}</p>
          </div>
        </details>
        {example.data !== undefined && (
          <section className={css.example} aria-label={t('billing.tariff.example')}>
            <h3 className={css.heading}>
              {t('billing.example.title', {
                home: example.data.householdLabel,
                area: rate(example.data.areaHundredths * 100),
              })}
            </h3>
            {example.data.lines.map((line) => (
              <div key={`${line.payer}${line.partyName ?? ''}`}>
                <strong>{t('bills.yuan', { amount: yuan(line.amountFen) })}</strong> {line.partyName ?? ''}
                <ul className={css.list}>
                  {explainBill(untyped(t), line).map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
                <span className={css.note}>{t('billing.example.due', { day: line.dueOn })}</span>
              </div>
            ))}
            {example.data.lines.length === 0 && <p className={css.note}>{t('billing.example.none')}</p>}
          </section>
        )}
        {problem !== null && (
          <p className={css.error} role="alert">
            {problemText(problem, text)}
          </p>
        )}
      </div>
    </Dialog>
  );
}
