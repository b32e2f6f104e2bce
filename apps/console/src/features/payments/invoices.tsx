import { Button, Checkbox, Dialog, EmptyState, TextField, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type Invoice, PAYMENTS, payApi, yuan } from './api.ts';
import css from './css.ts';
import { useAct } from './use-act.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

/** Tax invoices that were asked for: answered with their number, or with why there is none. */
export function Invoices({ scopeId }: { scopeId: string }) {
  const { t, when } = useText();
  const now = useNow();
  const mayAnswer = useMay('invoice.answer');
  const [isOpen, setOpen] = useState(true);
  const [doing, setDoing] = useState<{ invoice: Invoice; action: 'issue' | 'refuse' } | null>(null);
  const list = useQuery({
    queryKey: [PAYMENTS, 'invoices', scopeId, isOpen],
    queryFn: () => payApi.invoices({ scopeId, limit: 100, ...(isOpen ? { isOpen: true } : {}) }),
  });
  return (
    <>
      <Checkbox isSelected={isOpen} onChange={setOpen}>
        {t('payDesk.onlyOpen')}
      </Checkbox>
      <Pending of={list} lines={6} />
      {list.data?.items.length === 0 && <EmptyState icon={FileText} title={t('payDesk.invoice.empty')} />}
      {list.data !== undefined && list.data.items.length > 0 && (
        <RecordsTable
          label={t('payDesk.view.invoices')}
          heads={[
            { word: t('payDesk.column.when') },
            { word: t('payDesk.column.home') },
            { word: t('payDesk.column.amount'), isFigure: true },
            { word: t('payDesk.invoice.title') },
            { word: t('payDesk.invoice.taxNo') },
            { word: t('payDesk.invoice.mail') },
            { word: t('payDesk.column.acts') },
          ]}
        >
          {list.data.items.map((invoice) => (
            <tr key={invoice.id}>
              <td>{when(invoice.askedAt, now)}</td>
              <td>{invoice.householdLabel}</td>
              <td className={css.figure}>{yuan(invoice.amountFen)}</td>
              <td>{invoice.title}</td>
              <td>{invoice.taxNo ?? ''}</td>
              <td>{invoice.mail ?? ''}</td>
              <td>
                {invoice.state === 'asked' && mayAnswer ? (
                  <div className={css.acts}>
                    {(['issue', 'refuse'] as const).map((action) => (
                      <Button
                        key={action}
                        size="small"
                        variant="quiet"
                        onPress={() => {
                          setDoing({ invoice, action });
                        }}
                      >
                        {t(`payDesk.invoice.${action}`)}
                      </Button>
                    ))}
                  </div>
                ) : (
                  `${t(`payments.invoice.${invoice.state}`)} ${invoice.invoiceNo ?? invoice.refusal ?? ''}`
                )}
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      {doing !== null && (
        <AnswerDialog
          {...doing}
          onClose={() => {
            setDoing(null);
          }}
        />
      )}
    </>
  );
}

function AnswerDialog({
  invoice,
  action,
  onClose,
}: {
  invoice: Invoice;
  action: 'issue' | 'refuse';
  onClose: () => void;
}) {
  const { t } = useText();
  const [words, setWords] = useState('');
  const [link, setLink] = useState('');
  const expectedVersion = invoice.version;
  const isGood =
    action === 'issue'
      ? /^[0-9A-Za-z-]{6,40}$/.test(words.trim()) && (link === '' || link.startsWith('https://'))
      : words.trim() !== '';
  const answer = useAct(
    (_: null, key) =>
      payApi.answer(
        invoice,
        action === 'issue'
          ? { action, invoiceNo: words.trim(), ...(link === '' ? {} : { link }), expectedVersion }
          : { action, reason: words.trim(), expectedVersion },
        key,
      ),
    t('payDesk.done'),
    onClose,
  );
  return (
    <Dialog
      title={t(`payDesk.invoice.${action}`)}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={!isGood}
            isBusy={answer.isPending}
            onPress={() => answer.mutate(null)}
          >
            {t(`payDesk.invoice.${action}`)}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <TextField
          label={t(action === 'issue' ? 'payDesk.invoice.no' : 'payDesk.invoice.reason')}
          maxLength={action === 'issue' ? 40 : 200}
          value={words}
          onChange={setWords}
        />
        {action === 'issue' && (
          <TextField label={t('payDesk.invoice.link')} maxLength={500} value={link} onChange={setLink} />
        )}
      </div>
    </Dialog>
  );
}
