import { Button, notify, type Signature, SignaturePad, TextField } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { Printer } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { mayDo } from '../orders/action-specs.ts';
import { Photos } from '../orders/photos.tsx';
import { Section } from '../orders/section.tsx';
import type { SectionProps } from '../orders/sections.ts';
import css from './family.module.css';
import { SlipDialog } from './slip-dialog.tsx';

/** For who has no phone of their own: the slip, what they said or signed, and for whom somebody acted. */
export default function OrderFamily({ order, onChanged }: SectionProps) {
  const { t } = useText();
  const mayPrint = useMay('slip.print');
  const [isPrinting, setPrinting] = useState(false);
  const [how, setHow] = useState<'sign' | 'call' | null>(null);
  const canConfirm = mayDo(order.actions, 'confirm_for');
  if (!mayPrint && order.onBehalfOf === null && order.signatures.length === 0) return null;
  const close = (): void => setHow(null);
  return (
    <Section id="family" title={t('family.order.title')}>
      {order.onBehalfOf !== null && <p>{t('family.order.onBehalf', { name: order.onBehalfOf })}</p>}
      <Photos scopeId={order.scopeId} photos={order.signatures} label={t('family.order.signatures')} />
      {how === null && (
        <div className={css.acts}>
          {canConfirm && (
            <>
              <Button onPress={() => setHow('sign')}>{t('family.sign.title')}</Button>
              <Button onPress={() => setHow('call')}>{t('family.sign.call')}</Button>
            </>
          )}
          {mayPrint && (
            <Button icon={Printer} onPress={() => setPrinting(true)}>
              {t('family.slip.print')}
            </Button>
          )}
        </div>
      )}
      {how === 'sign' && <SignForm order={order} onChanged={onChanged} onClose={close} />}
      {how === 'call' && <CallForm order={order} onChanged={onChanged} onClose={close} />}
      {isPrinting && <SlipDialog order={order} onClose={() => setPrinting(false)} />}
    </Section>
  );
}

interface FormProps {
  order: Order;
  onChanged: (order: Order) => void;
  onClose: () => void;
}

function useConfirming({ order, onChanged, onClose }: FormProps) {
  const text = useText();
  const [key] = useState(newKey);
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const send = async (made: () => Promise<Record<string, unknown>>): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const body = { action: 'confirm_for', expectedVersion: order.version, ...(await made()) };
      onChanged(await api.command(order.scopeId, order.id, body, key));
      notify(text.t('family.sign.done'));
      onClose();
    } catch (problem) {
      setError(problemText(problem, text));
      setBusy(false);
    }
  };
  return { send, error, isBusy, setError };
}

function SignForm(props: FormProps) {
  const { order, onClose } = props;
  const { t } = useText();
  const { send, error, isBusy, setError } = useConfirming(props);
  const [signature, setSignature] = useState<Signature | null>(null);
  const submit = (): void => {
    if (signature === null) {
      setError(t('family.sign.missing'));
      return;
    }
    void send(async () =>
      signature.how === 'spoken'
        ? { how: 'in_person', name: signature.name }
        : {
            how: 'signature',
            photoIds: [(await api.upload(order.scopeId, signature.image, newKey())).id],
          },
    );
  };
  return (
    <div className={css.form}>
      <SignaturePad
        label={t('family.sign.label')}
        description={t('family.sign.text', { number: order.number, workDone: order.workDone ?? '' })}
        error={error}
        onChange={setSignature}
      />
      <Buttons isBusy={isBusy} onClose={onClose} onSend={submit} />
    </div>
  );
}

/** She rang and said that it is done: who, and in which words. */
function CallForm(props: FormProps) {
  const { t } = useText();
  const { send, error, isBusy, setError } = useConfirming(props);
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (name.trim() === '') {
      setError(t('fieldErrors.required'));
      return;
    }
    void send(() => Promise.resolve({ how: 'call', name, note }));
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <TextField label={t('family.sign.who')} maxLength={60} value={name} onChange={setName} error={error} />
      <TextField label={t('family.sign.words')} rows={2} maxLength={1000} value={note} onChange={setNote} />
      <Buttons isBusy={isBusy} onClose={props.onClose} onSend={submit} />
    </form>
  );
}

function Buttons({ isBusy, onClose, onSend }: { isBusy: boolean; onClose: () => void; onSend: () => void }) {
  const { t } = useText();
  return (
    <div className={css.acts}>
      <Button variant="quiet" onPress={onClose}>
        {t('common.cancel')}
      </Button>
      <Button variant="primary" isBusy={isBusy} onPress={onSend}>
        {t('family.sign.save')}
      </Button>
    </div>
  );
}
