import { buttonClass } from '@gongzhi/ui';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useHotkeys } from '../app/hotkeys.ts';
import { KeysHelp } from '../app/keys-help.tsx';
import { url } from '../app/routes.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { OrderView } from '../features/orders/order-view.tsx';
import css from './order.module.css';

/** One order with the whole page to itself: what a message's link opens. */
export default function OrderPage() {
  const { t } = useText();
  const { scopeId, orderId } = useParams({ from: '/shell/orders/$scopeId/$orderId' });
  const [action, setAction] = useState<string | null>(null);
  const navigate = useNavigate();
  const takesCalls = useMay('work_order.create_for_caller');
  const [isHelpOpen, setHelpOpen] = useState(false);
  useTitle(t('console.order.title'));
  useHotkeys({
    a: (event) => {
      event.preventDefault();
      setAction('assign');
    },
    Escape: () => {
      setAction(null);
    },
    n: (event) => {
      event.preventDefault();
      if (takesCalls) void navigate(url.newOrder());
    },
    '?': () => {
      setHelpOpen(true);
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
      <KeysHelp isOpen={isHelpOpen} onOpenChange={setHelpOpen} groups={['order', 'page']} />
    </div>
  );
}
