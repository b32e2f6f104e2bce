import { Button, buttonClass } from '@gongzhi/ui/Button.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { Phone } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import css from './CallContact.module.css';

/** The masked contact, and the number for the visit: asked for with one tap, and recorded as that. */
export function CallContact({ order }: { order: Order }) {
  const words = useWords();
  const [phone, setPhone] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const reveal = async (): Promise<void> => {
    setError(null);
    try {
      setPhone((await api.contact(order.scopeId, order.id)).phone);
    } catch (failure) {
      setError(problemSentence(words, failure));
    }
  };
  return (
    <div className={css.contact}>
      <span className={css.name}>
        <Icon of={Phone} />
        {order.contactMasked}
      </span>
      {phone === null ? (
        <Button onPress={() => void reveal()}>{words.t('mobile.work.call')}</Button>
      ) : (
        <a className={buttonClass('primary', 'medium')} href={`tel:${phone}`}>
          {words.t('mobile.work.callAgain', { phone })}
        </a>
      )}
      {error !== null && <p role="alert">{error}</p>}
    </div>
  );
}
