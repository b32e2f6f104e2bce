import { Button, Icon } from '@gongzhi/ui';
import { PhoneCall } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Answer, Body, Order } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './contact.module.css';

const purposes = [
  'callback',
  'visit',
  'clarify',
] as const satisfies readonly Body<'revealContact'>['purpose'][];

/**
 * Masked until somebody says what it is for. The look is recorded with that purpose, and the page says so before it
 * happens; the number is gone again when the order is closed.
 */
export function Contact({ order }: { order: Order }) {
  const text = useText();
  const { t } = text;
  const mayAsk = useMay('work_order.contact');
  const [isAsking, setAsking] = useState(false);
  const [contact, setContact] = useState<Answer<'revealContact'> | null>(null);
  const [error, setError] = useState<string | null>(null);
  if (contact !== null) {
    return (
      <span className={css.contact}>
        {contact.name}
        <a className={css.phone} href={`tel:${contact.phone}`}>
          <Icon of={PhoneCall} />
          {contact.phone}
        </a>
      </span>
    );
  }
  const reveal = async (purpose: (typeof purposes)[number]): Promise<void> => {
    setError(null);
    try {
      setContact(await api.contact(order.scopeId, order.id, purpose));
    } catch (failure) {
      setError(problemText(failure, text));
    }
  };
  return (
    <span className={css.contact}>
      {order.contactMasked}
      {mayAsk && !isAsking && (
        <Button size="small" onPress={() => setAsking(true)}>
          {t('console.contact.show')}
        </Button>
      )}
      {isAsking && (
        <span className={css.ask} role="group" aria-label={t('console.contact.why')}>
          <span className={css.why}>{t('console.contact.why')}</span>
          {purposes.map((purpose) => (
            <Button key={purpose} size="small" onPress={() => void reveal(purpose)}>
              {t(`console.contact.${purpose}`)}
            </Button>
          ))}
        </span>
      )}
      {error !== null && (
        <span className={css.error} role="alert">
          {error}
        </span>
      )}
    </span>
  );
}
