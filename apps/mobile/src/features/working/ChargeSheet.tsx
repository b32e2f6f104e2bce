import { Button } from '@gongzhi/ui/Button.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { Select } from '@gongzhi/ui/Select.tsx';
import { type Signature, SignaturePad } from '@gongzhi/ui/SignaturePad.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WorkingAct } from '../../api-types.ts';
import { database } from '../../app/store.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { ChargeLines } from './ChargeLines.tsx';
import { pricesQuery } from './queries.ts';
import { can, type SheetProps } from './WorkPanel.tsx';
import css from './working.module.css';

/** What it costs: lines from the list or with a reason, off to the household, and signed here if they stand here. */
export function ChargeSheet({ order, sheet, submit, onClose }: SheetProps) {
  const { t } = useWords();
  const { charge } = sheet;
  const [isSigning, setSigning] = useState(false);
  const hasLines = charge !== null && charge.lines.length > 0;
  return (
    <Sheet title={t('mobile.working.charge')} isOpen onOpenChange={onClose}>
      {hasLines && (
        <>
          <p>{t('mobile.charge.payer', { payer: t(`payers.${charge.payer}`) })}</p>
          <ChargeLines
            charge={charge}
            onRemove={
              can(sheet, 'remove_line')
                ? (lineId) => void submit({ action: 'remove_line', lineId })
                : undefined
            }
          />
        </>
      )}
      {sheet.chargeState === 'quoted' && <p>{t('mobile.charge.waiting')}</p>}
      <div className={css.form}>
        {can(sheet, 'send_quote') && (
          <Button variant="primary" size="large" isWide onPress={() => void submit({ action: 'send_quote' })}>
            {t('workingActions.send_quote')}
          </Button>
        )}
        {can(sheet, 'agree') && charge !== null && !isSigning && (
          <Button variant="primary" size="large" isWide onPress={() => setSigning(true)}>
            {t('mobile.charge.sign')}
          </Button>
        )}
        {isSigning && charge !== null && can(sheet, 'agree') && (
          <Sign
            amount={charge.total}
            onSign={(signerName, image) =>
              submit(
                {
                  action: 'agree',
                  quoteNo: charge.quoteNo,
                  total: charge.total,
                  signerName,
                  ...(image === null ? {} : { signatureFileId: '' }),
                } as WorkingAct,
                image ?? undefined,
              ).then((isDone) => {
                // Refused: nobody signs twice for that.
                if (isDone) onClose();
              })
            }
          />
        )}
        {can(sheet, 'withdraw_quote') && (
          <Button isWide onPress={() => void submit({ action: 'withdraw_quote' })}>
            {t('workingActions.withdraw_quote')}
          </Button>
        )}
      </div>
      {can(sheet, 'add_line') && <NewLine key={charge?.lines.length ?? 0} order={order} submit={submit} />}
      {can(sheet, 'set_discount') && hasLines && <Discount submit={submit} />}
    </Sheet>
  );
}

function Sign({
  amount,
  onSign,
}: {
  amount: string;
  onSign: (name: string, image: { giveTo: (owner: string) => Promise<void> } | null) => Promise<void>;
}) {
  const { t } = useWords();
  const me = useMe();
  const [signature, setSignature] = useState<Signature | null>(null);
  const [name, setName] = useState('');
  const [isLacking, setLacking] = useState(false);
  const sign = async (): Promise<void> => {
    const signer = signature?.how === 'spoken' ? signature.name : name.trim();
    setLacking(signature === null || signer === '');
    if (signature === null || signer === '') return;
    if (signature.how === 'spoken') return onSign(signer, null);
    const { image } = signature;
    // The picture lies with the act until there is a network.
    await onSign(signer, {
      giveTo: async (owner) => {
        const photo = { id: newKey(), owner, accountId: me.account.id, blob: image, order: 0 };
        await (await database())?.put('photos', { ...photo, fileId: null, scopeId: null });
      },
    });
  };
  return (
    <>
      <SignaturePad
        label={t('mobile.charge.sign')}
        description={t('mobile.charge.signWhat', { amount })}
        onChange={setSignature}
      />
      {signature?.how !== 'spoken' && (
        <TextField label={t('mobile.charge.signName')} maxLength={60} value={name} onChange={setName} />
      )}
      {isLacking && (
        <p className={css.error} role="alert">
          {t('mobile.charge.missing')}
        </p>
      )}
      <Button variant="primary" size="large" isWide onPress={() => void sign()}>
        {t('mobile.charge.signed')}
      </Button>
    </>
  );
}

const EMPTY = { from: 'list', priceId: '', quantity: '1', name: '', unit: '', price: '', reason: '' };

function NewLine({ order, submit }: Pick<SheetProps, 'order' | 'submit'>) {
  const { t } = useWords();
  const me = useMe();
  const draft = useDraft(`${me.account.id}:${order.id}:line`, me.account.id, () => EMPTY);
  const prices = useQuery(pricesQuery(order.scopeId)).data?.items ?? [];
  const [isLacking, setLacking] = useState(false);
  const line = draft.value;
  const isFree = line.from === 'free' || prices.length === 0;
  const add = async (): Promise<void> => {
    const wanted = isFree ? [line.name, line.unit, line.price, line.reason] : [line.priceId];
    const lacks = [...wanted, line.quantity].some((text) => text.trim() === '');
    setLacking(lacks);
    if (lacks) return;
    const done = await submit(
      isFree
        ? {
            action: 'add_line',
            kind: 'material',
            name: line.name.trim(),
            unit: line.unit.trim(),
            unitPrice: line.price.trim(),
            quantity: line.quantity.trim(),
            reason: line.reason.trim(),
          }
        : { action: 'add_line', priceId: line.priceId, quantity: line.quantity.trim() },
    );
    if (done) await draft.clear();
  };
  const field = (name: keyof typeof EMPTY, label: string, mode: 'text' | 'decimal' = 'text') => (
    <TextField
      label={label}
      inputMode={mode}
      maxLength={mode === 'decimal' ? 12 : 60}
      value={line[name]}
      onChange={(text) => {
        draft.change({ [name]: text });
      }}
    />
  );
  return (
    <div className={css.form}>
      {prices.length > 0 && (
        <Segmented
          label={t('mobile.charge.from')}
          value={line.from}
          onChange={(from) => {
            draft.change({ from });
          }}
          options={[
            { value: 'list', label: t('mobile.charge.fromList') },
            { value: 'free', label: t('mobile.charge.fromFree') },
          ]}
        />
      )}
      {isFree ? (
        <>
          {field('name', t('mobile.charge.name'))}
          {field('unit', t('mobile.charge.unit'))}
          {field('price', t('mobile.charge.price'), 'decimal')}
          {field('reason', t('mobile.charge.reason'))}
        </>
      ) : (
        <Select
          label={t('mobile.charge.item')}
          placeholder={t('mobile.charge.choose')}
          value={line.priceId}
          onChange={(priceId) => {
            draft.change({ priceId });
          }}
          options={prices.map((price) => ({
            value: price.id,
            label: t('mobile.charge.option', { name: price.name, price: price.price, unit: price.unit }),
          }))}
        />
      )}
      {field('quantity', t('mobile.charge.quantity'), 'decimal')}
      {isLacking && (
        <p className={css.error} role="alert">
          {t('mobile.charge.missing')}
        </p>
      )}
      <Button isWide onPress={() => void add()}>
        {t('workingActions.add_line')}
      </Button>
    </div>
  );
}

function Discount({ submit }: Pick<SheetProps, 'submit'>) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  if (!isOpen)
    return (
      <Button isWide onPress={() => setOpen(true)}>
        {t('workingActions.set_discount')}
      </Button>
    );
  return (
    <div className={css.form}>
      <TextField
        label={t('mobile.charge.discountAmount')}
        inputMode="decimal"
        maxLength={12}
        value={amount}
        onChange={setAmount}
      />
      <TextField
        label={t('mobile.charge.discountReason')}
        maxLength={200}
        value={reason}
        onChange={setReason}
      />
      <Button
        isWide
        isDisabled={amount.trim() === '' || reason.trim() === ''}
        onPress={() =>
          void submit({ action: 'set_discount', amount: amount.trim(), reason: reason.trim() }).then(
            (isDone) => setOpen(!isDone),
          )
        }
      >
        {t('mobile.charge.setDiscount')}
      </Button>
    </div>
  );
}
