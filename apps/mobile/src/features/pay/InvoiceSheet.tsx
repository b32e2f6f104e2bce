import { Button } from '@gongzhi/ui/Button.tsx';
import { isPassing, type Meant, meant } from '@gongzhi/ui/client/index.ts';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Body } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { PAY, payApi, type PaymentDetail } from './api.ts';
import css from './pay.module.css';

const TAX_NO = /^[0-9A-Z]{15,20}$/;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Whom the invoice is for; the company issues it and says its number. */
export function InvoiceSheet({ payment, onClose }: { payment: PaymentDetail; onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const draft = useDraft(`${me.account.id}:invoice`, me.account.id, () => ({
    title: '',
    taxNo: '',
    mail: '',
    /** Went out, and nobody knows whether it arrived. */
    sent: null as Meant<Body<'askInvoice'>> | null,
  }));
  const { title, taxNo, mail } = draft.value;
  const isTaxNoWrong = taxNo !== '' && !TAX_NO.test(taxNo);
  const isMailWrong = mail !== '' && !MAIL.test(mail);
  const ask = useMutation({
    mutationFn: () => {
      const body = {
        paymentId: payment.id,
        title: title.trim(),
        ...(taxNo === '' ? {} : { taxNo }),
        ...(mail === '' ? {} : { mail }),
      };
      const sent = meant(draft.value.sent, body, () => body);
      draft.change({ sent });
      return payApi.askInvoice(payment.scopeId, sent.body, sent.key);
    },
    onSuccess: async () => {
      notify(t('pay.invoiceSent'), { tone: 'done' });
      // Whom invoices are for stays; the next one is another.
      draft.change({ sent: null });
      onClose();
      await client.invalidateQueries({ queryKey: [PAY] });
    },
    onError: (error) => {
      if (!isPassing(error)) draft.change({ sent: null });
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  return (
    <Sheet
      title={t('pay.invoice')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button
          variant="primary"
          size="large"
          isWide
          isBusy={ask.isPending}
          isDisabled={title.trim() === '' || isTaxNoWrong || isMailWrong}
          onPress={() => {
            ask.mutate();
          }}
        >
          {t('pay.invoiceSend')}
        </Button>
      }
    >
      {draft.isReady && (
        <div className={css.list}>
          <TextField
            label={t('pay.invoiceTitle')}
            description={t('pay.invoiceTitleHelp')}
            value={title}
            maxLength={100}
            onChange={(value) => {
              draft.change({ title: value });
            }}
          />
          <TextField
            label={t('pay.taxNo')}
            description={t('pay.taxNoHelp')}
            value={taxNo}
            maxLength={20}
            onChange={(value) => {
              draft.change({ taxNo: value.toUpperCase().replace(/\s/g, '') });
            }}
          />
          <TextField
            label={t('pay.mail')}
            type="email"
            value={mail}
            maxLength={200}
            onChange={(value) => {
              draft.change({ mail: value.trim() });
            }}
          />
        </div>
      )}
    </Sheet>
  );
}
