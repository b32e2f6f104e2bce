import { type Asked, URGENT_TRIPS, type UrgentTrip } from '@gongzhi/gate';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Dialog, Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Minus, Plus, Siren } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../app/words.ts';
import { BarrierButtons } from './Barriers.tsx';
import css from './gate.module.css';
import { HandoverNote } from './HandoverNote.tsx';
import type { GatePost } from './post.ts';
import type { PostView } from './post-types.ts';
import { Search } from './Search.tsx';

const LIMITS = ['detain', 'search', 'papers', 'seal'] as const;

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.section}>
      <h3 className={css.heading}>{title}</h3>
      {children}
    </section>
  );
}

/** 36.8 or 368, comma or point: tenths of a degree. */
export function readTemperature(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(',', '.').trim();
  if (!/^\d{2}(?:\.\d)?$|^\d{3}$/.test(plain)) return null;
  return Math.round(Number(plain) * (plain.length === 3 && !plain.includes('.') ? 1 : 10));
}

/** Everything that is not the next code. */
export function MoreSheet({
  post,
  view,
  waiting,
  onWaiting,
  onText,
  onUrgent,
  onSpoken,
  onTemperature,
  onClose,
}: {
  post: GatePost;
  view: PostView;
  waiting: number;
  onWaiting: (count: number) => void;
  onText: (text: string) => void;
  onUrgent: (trip: UrgentTrip) => void;
  onSpoken: (spoken: NonNullable<Asked['spoken']>) => void;
  onTemperature: (tenths: number | null) => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [number, setNumber] = useState('');
  const [degrees, setDegrees] = useState('');
  const [isLeaving, setLeaving] = useState(false);
  const tenths = readTemperature(degrees);
  return (
    <Sheet title={t('mobile.gate.more')} isOpen onOpenChange={onClose}>
      <Section title={t('mobile.gate.urgent.title')}>
        <p className={css.quiet}>{t('mobile.gate.urgent.text')}</p>
        <div className={css.grid}>
          {URGENT_TRIPS.map((trip) => (
            <Button
              key={trip}
              size="large"
              icon={Siren}
              onPress={() => {
                onUrgent(trip);
              }}
            >
              {t(`gate.urgent.${trip}`)}
            </Button>
          ))}
        </div>
      </Section>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim() !== '') onText(number.trim());
        }}
      >
        <TextField
          label={t('mobile.gate.number')}
          description={t('mobile.gate.numberText')}
          value={number}
          onChange={setNumber}
          autoComplete="off"
          maxLength={64}
        />
        <Button type="submit" variant="primary" size="large" isWide isDisabled={number.trim() === ''}>
          {t('mobile.gate.check')}
        </Button>
      </form>
      <TextField
        label={t('mobile.gate.temperature')}
        description={t('mobile.gate.temperatureText')}
        value={degrees}
        onChange={(typed) => {
          setDegrees(typed);
          onTemperature(readTemperature(typed));
        }}
        inputMode="decimal"
        autoComplete="off"
        maxLength={5}
        after={
          tenths !== null && (
            <span>{t('mobile.gate.temperatureNext', { value: (tenths / 10).toFixed(1) })}</span>
          )
        }
      />
      <Search view={view} onPick={onSpoken} />
      <Section title={t('mobile.gate.queue.title')}>
        <div className={css.counter}>
          <Button
            icon={Minus}
            size="large"
            isDisabled={waiting === 0}
            onPress={() => {
              onWaiting(waiting - 1);
            }}
          >
            {t('mobile.gate.queue.less')}
          </Button>
          <output>{t('mobile.gate.queue.count', { count: waiting })}</output>
          <Button
            icon={Plus}
            size="large"
            onPress={() => {
              onWaiting(waiting + 1);
            }}
          >
            {t('mobile.gate.queue.more')}
          </Button>
        </div>
      </Section>
      <BarrierButtons view={view} />
      <HandoverNote view={view} />
      <Section title={t('mobile.gate.limits.title')}>
        <ul className={css.list}>
          {LIMITS.map((limit) => (
            <li key={limit}>{t(`mobile.gate.limits.${limit}`)}</li>
          ))}
        </ul>
      </Section>
      <Button
        variant="quiet"
        {...(view.waiting > 0 ? { disabledReason: t('mobile.gate.pair.leaveWaiting') } : {})}
        onPress={() => {
          setLeaving(true);
        }}
      >
        {t('mobile.gate.pair.leave')}
      </Button>
      {isLeaving && (
        <Dialog
          title={t('mobile.gate.pair.leaveTitle')}
          isOpen
          isAlert
          onOpenChange={() => {
            setLeaving(false);
          }}
          footer={
            <Button
              variant="danger"
              size="large"
              onPress={() => {
                void post.leave().then((hasLeft) => {
                  if (!hasLeft) notify(t('mobile.gate.pair.leaveWaiting'), { tone: 'due' });
                  onClose();
                });
              }}
            >
              {t('mobile.gate.pair.leave')}
            </Button>
          }
        >
          <p>{t('mobile.gate.pair.leaveText')}</p>
        </Dialog>
      )}
    </Sheet>
  );
}
