import { buttonClass } from '@gongzhi/ui';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useHotkeys } from '../app/hotkeys.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { OrderView } from '../features/orders/order-view.tsx';
import css from './order.module.css';

/** One order with the whole page to itself: what a message's link opens. */
export default function OrderPage() {
  const { t } = useText();
  const { scopeId, orderId } = useParams({ from: '/shell/orders/$scopeId/$orderId' });
  const [action, setAction] = useState<string | null>(null);
  useTitle(t('console.order.title'));
  useHotkeys({
    a: (event) => {
      event.preventDefault();
      setAction('assign');
    },
    Escape: () => {
      setAction(null);
    },
  });
  return (
    <div className={css.page}>
      <h1 className="gz-hidden">{t('console.order.title')}</h1>
      <nav className={css.back} aria-label={t('common.back')}>
        <Link {...url.desk()} className={buttonClass('quiet', 'small')}>
          <ArrowLeft size={16} aria-hidden />
          {t('console.order.back')}
        </Link>
      </nav>
      <div className={css.order}>
        <OrderView key={orderId} scopeId={scopeId} id={orderId} action={action} onAction={setAction} />
      </div>
    </div>
  );
}
