import { Button, Icon, Select } from '@gongzhi/ui';
import { Eye, EyeOff, Mail, PhoneCall } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Answer, Body } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import look from '../people/reveal.module.css';
import { useBriefLook } from '../people/use-brief-look.ts';
import { open311Api } from './api.ts';

type Purpose = Body<'revealOpen311Sender'>['purpose'];
const purposes = ['callback', 'visit', 'clarify'] as const satisfies readonly Purpose[];

/** Who reported it through other software, in plain text for a purpose; that it was looked at is recorded. */
export function Sender({ scopeId, orderId }: { scopeId: string; orderId: string }) {
  const text = useText();
  const { t } = text;
  const [isAsking, setAsking] = useState(false);
  const [purpose, setPurpose] = useState<Purpose>('callback');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { shown, left, show, hide } = useBriefLook<Answer<'revealOpen311Sender'>>(() => setAsking(false));
  if (shown !== null)
    return (
      <div className={look.shown} role="status">
        {shown.name !== null && <p className={look.name}>{shown.name}</p>}
        {shown.phone !== null && (
          <a className={look.phone} href={`tel:${shown.phone}`}>
            <Icon of={PhoneCall} />
            {shown.phone}
          </a>
        )}
        {shown.email !== null && (
          <a className={look.phone} href={`mailto:${shown.email}`}>
            <Icon of={Mail} />
            {shown.email}
          </a>
        )}
        <p className={look.left}>
          <span aria-hidden>{t('people.reveal.left', { seconds: left })}</span>
          <Button size="small" variant="quiet" icon={EyeOff} onPress={hide}>
            {t('people.reveal.hide')}
          </Button>
        </p>
      </div>
    );
  if (!isAsking)
    return (
      <p>
        <Button size="small" icon={Eye} onPress={() => setAsking(true)}>
          {t('open311.panel.sender.show')}
        </Button>
      </p>
    );
  const reveal = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      show(await open311Api.reveal(scopeId, orderId, purpose));
    } catch (failure) {
      setError(problemText(failure, text));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={look.ask}
      aria-label={t('open311.panel.sender.show')}
      onSubmit={(event) => void reveal(event)}
      noValidate
    >
      <Select
        label={t('people.reveal.why')}
        options={purposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
        value={purpose}
        onChange={(value) => setPurpose(value as Purpose)}
      />
      <p className={look.told}>{t('open311.panel.sender.recorded')}</p>
      {error !== null && (
        <p className={look.error} role="alert">
          {error}
        </p>
      )}
      <p className={look.buttons}>
        <Button variant="quiet" size="small" onPress={() => setAsking(false)}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" variant="primary" size="small" isBusy={isBusy}>
          {t('people.reveal.do')}
        </Button>
      </p>
    </form>
  );
}
