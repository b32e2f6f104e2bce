import { formatSpan } from '@gongzhi/i18n/when.ts';
import { Button, Checkbox, StatusChip, TextField, useNow } from '@gongzhi/ui';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { fileUrl } from '../../api.ts';
import { useText } from '../../app/text.ts';
import css from './reporting-section.module.css';
import { Section } from './section.tsx';
import type { SectionProps } from './sections.ts';
import { useCommand } from './use-command.ts';

/** What came with the report beyond words: when somebody is at home, a voice, that neighbours wait too, whom it is about. */
export default function ReportingSection({ order, onChanged }: SectionProps) {
  const { t, locale } = useText();
  const now = useNow();
  const [isMaking, setMaking] = useState(false);
  const { appointment, windows } = order;
  const canMake = order.actions.some(({ action, isAllowed }) => action === 'make_appointment' && isAllowed);
  const span = (one: { from: string; to: string }): string => formatSpan(locale, one.from, one.to, now);
  return (
    <Section id="reporting" title={t('console.reporting.title')}>
      <div className={css.facts}>
        {order.hasSeveral && <StatusChip tone="due" word={t('console.reporting.several')} />}
        {order.followerCount > 0 && (
          <StatusChip
            tone="waiting"
            word={t('console.reporting.followers', { count: order.followerCount })}
          />
        )}
        {order.accusedName !== null && <p>{t('console.reporting.accused', { name: order.accusedName })}</p>}
        {appointment !== null && (
          <StatusChip
            tone={appointment.isAgreed ? 'moving' : 'due'}
            word={t(appointment.isAgreed ? 'console.reporting.agreed' : 'console.reporting.proposed', {
              span: span(appointment),
            })}
          />
        )}
        {windows.length > 0 && (
          <p>
            {t('console.reporting.windows', { spans: windows.map(span).join(t('common.listSeparator')) })}
          </p>
        )}
        {order.missedCount > 0 && <p>{t('console.reporting.missed', { count: order.missedCount })}</p>}
        {order.rescheduleCount > 0 && (
          <p>{t('console.reporting.rescheduled', { count: order.rescheduleCount })}</p>
        )}
        {order.voices.map(({ id }) => (
          // oxlint-disable-next-line jsx-a11y/media-has-caption -- a resident's own words; nobody wrote them down
          <audio
            key={id}
            className={css.player}
            controls
            preload="none"
            src={fileUrl(order.scopeId, id, 'full')}
            aria-label={t('console.reporting.voice')}
          />
        ))}
      </div>
      {canMake && !isMaking && (
        <Button
          size="small"
          icon={CalendarClock}
          onPress={() => {
            setMaking(true);
          }}
        >
          {t('actions.make_appointment')}
        </Button>
      )}
      {canMake && isMaking && (
        <MakeForm
          order={order}
          onChanged={(next) => {
            setMaking(false);
            onChanged(next);
          }}
        />
      )}
    </Section>
  );
}

/** As the datetime field has it, the first hour the resident offered, if any. */
function localOf(iso: string | undefined): string {
  if (iso === undefined) return '';
  const at = new Date(iso);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function MakeForm({ order, onChanged }: Pick<SectionProps, 'order' | 'onChanged'>) {
  const { t } = useText();
  const [offered] = order.windows;
  const [from, setFrom] = useState(() => localOf(offered?.from));
  const [to, setTo] = useState(() => localOf(offered?.to));
  const [isByPhone, setByPhone] = useState(false);
  const [reason, setReason] = useState('');
  const command = useCommand(order, onChanged);
  const isWhole = from !== '' && to !== '';
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWhole) return;
        void command.run('make_appointment', {
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          isByPhone,
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        });
      }}
    >
      <TextField
        label={t('console.reporting.from')}
        type="datetime-local"
        value={from}
        onChange={setFrom}
        isRequired
      />
      <TextField
        label={t('console.reporting.to')}
        type="datetime-local"
        value={to}
        onChange={setTo}
        isRequired
      />
      {order.appointment !== null && (
        <TextField
          label={t('console.reporting.reason')}
          maxLength={200}
          value={reason}
          onChange={setReason}
        />
      )}
      <Checkbox isSelected={isByPhone} onChange={setByPhone}>
        {t('console.reporting.byPhone')}
      </Checkbox>
      {command.error !== null && (
        <p className={css.error} role="alert">
          {command.error}
        </p>
      )}
      {command.changed !== null && <p className={css.error}>{command.changed.join(' ')}</p>}
      <Button type="submit" variant="primary" size="small" isBusy={command.isBusy} isDisabled={!isWhole}>
        {t('actions.make_appointment')}
      </Button>
    </form>
  );
}
