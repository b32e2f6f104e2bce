import { Button, Dialog, ErrorState, Skeleton } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import { encode } from 'uqr';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import css from './slip.module.css';

/** As it will lie on her table: number, code, what was reported, whom to ring. Printed on a narrow roll or on A6. */
export function SlipDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const text = useText();
  const { t, locale, exact } = text;
  const [key] = useState(newKey);
  const slip = useQuery({
    queryKey: ['slip', order.id, key],
    queryFn: () => api.printSlip(order.scopeId, order.id, key),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const revoke = useMutation({
    mutationFn: () => api.revokeSlips(order.scopeId, order.id, newKey()),
    onSuccess: onClose,
  });
  const { data } = slip;
  return (
    <Dialog
      title={t('family.slip.print')}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button isBusy={revoke.isPending} onPress={() => revoke.mutate()}>
            {t('family.slip.revoke')}
          </Button>
          <Button
            variant="primary"
            icon={Printer}
            isDisabled={data === undefined}
            onPress={() => {
              window.print();
            }}
          >
            {t('family.slip.printNow')}
          </Button>
        </>
      }
    >
      {data === undefined &&
        (slip.error === null ? (
          <Skeleton lines={6} label={t('common.loading')} />
        ) : (
          <ErrorState text={problemText(slip.error, text)} onRetry={() => void slip.refetch()} />
        ))}
      {data !== undefined && (
        <article className={css.slip} data-slip="">
          <p className={css.place}>{data.scopeName}</p>
          <p className={css.label}>{t('family.slip.number')}</p>
          <p className={css.number}>{data.number}</p>
          <Qr text={`${window.location.origin}/m/slip/${data.token}`} label={t('family.slip.qr')} />
          <p className={css.hint}>{t('family.slip.scan')}</p>
          <dl className={css.facts}>
            <dt>{t('family.slip.what')}</dt>
            <dd>
              {locale === 'zh-CN' ? data.categoryNameZh : data.categoryNameEn}
              <br />
              {data.description}
            </dd>
            <dt>{t('family.slip.when')}</dt>
            <dd>{exact(data.createdAt)}</dd>
            {data.deskPhone !== null && (
              <>
                <dt>{t('family.slip.call')}</dt>
                <dd className={css.phone}>{data.deskPhone}</dd>
              </>
            )}
          </dl>
        </article>
      )}
    </Dialog>
  );
}

/** The code as one path: sharp at any size, and black on white on every printer. */
function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg className={css.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
