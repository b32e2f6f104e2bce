import { announce, Button, Icon, useNow } from '@gongzhi/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronDown, ChevronUp, Headset, PhoneIncoming, PhoneMissed } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '../../app/live.tsx';
import { url } from '../../app/routes.ts';
import { useMe } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { ownCompounds } from '../../components/scope-picker.tsx';
import { writeDown } from '../caller/calls.ts';
import { CallerPanel } from '../caller/caller-panel.tsx';
import { type OwnCall, type PhoneCall, telephonyApi, telephonyKeys } from './api.ts';
import { SeatDialog } from './seat-dialog.tsx';
import css from './telephony.module.css';

/** The live connection tells what happens; this is for when it is cut. Where there is no line nothing happens. */
const AGAIN_MS = { line: 15_000, none: 300_000 } as const;
/** Beyond these a number says enough. */
const SHOWN = 4;

/** Under the bar, where there is a line: one's own telephone, who waits, and who is to be called back. */
export function PhoneStrip() {
  const { t } = useText();
  const client = useQueryClient();
  const [isSitting, setSitting] = useState(false);
  const desk = useQuery({
    queryKey: telephonyKeys.desk,
    queryFn: telephonyApi.desk,
    refetchInterval: ({ state }) => (state.data?.hasLine === true ? AGAIN_MS.line : AGAIN_MS.none),
  });
  useLive((message) => {
    if (message.type === 'resync' || (message.type === 'change' && message.change.kind.startsWith('phone_')))
      void client.invalidateQueries({ queryKey: telephonyKeys.all });
  });
  if (desk.data === undefined || !desk.data.hasLine) return null;
  const { extension, waiting, own, seats, toCallBack } = desk.data;
  return (
    <>
      <section className={css.strip} aria-label={t('telephony.bar')}>
        <Button size="small" icon={Headset} onPress={() => setSitting(true)}>
          {extension === null ? t('telephony.sit') : t('telephony.at', { extension })}
        </Button>
        <span className={css.count}>
          <Icon of={PhoneIncoming} size={16} />
          {t('telephony.waiting', { count: waiting.length })}
        </span>
        {waiting.length > 0 && (
          <ul className={css.waiting} aria-label={t('telephony.waitingNow')}>
            {waiting.slice(0, SHOWN).map((call) => (
              <Waiting key={call.id} call={call} />
            ))}
          </ul>
        )}
        <Link {...url.callbacks()} className={css.missed}>
          <Icon of={PhoneMissed} size={16} />
          {t('telephony.toCallBack', { count: toCallBack })}
        </Link>
      </section>
      {own.length > 0 && <OwnCalls calls={own} />}
      {isSitting && <SeatDialog extension={extension} seats={seats} onClose={() => setSitting(false)} />}
    </>
  );
}

function Waiting({ call }: { call: PhoneCall }) {
  const { t, duration } = useText();
  const now = useNow();
  return (
    <li className={css.one}>
      <span>{call.numberMasked ?? t('telephony.withheld')}</span>
      {call.queue !== null && <span className={css.quiet}>{call.queue}</span>}
      <span className={css.quiet}>{duration(Math.max(0, now - Date.parse(call.beganAt)))}</span>
    </li>
  );
}

/** Opens by itself while it rings at one's own telephone: who it is, and what is going on at their home. */
function OwnCalls({ calls }: { calls: readonly OwnCall[] }) {
  const { t } = useText();
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, number } of calls) {
      if (told.current.has(id)) continue;
      told.current.add(id);
      announce(t('telephony.ringsFrom', { number: number ?? t('telephony.withheld') }));
    }
  }, [calls, t]);
  return (
    <aside className={css.calls} data-rings aria-label={t('telephony.rings')}>
      {calls.map((call) => (
        <OwnCallCard key={call.id} call={call} />
      ))}
    </aside>
  );
}

function OwnCallCard({ call }: { call: OwnCall }) {
  const { t } = useText();
  const me = useMe();
  const navigate = useNavigate();
  const [isFolded, setFolded] = useState(false);
  const number = call.number ?? t('telephony.withheld');
  const own = ownCompounds(me.acting);
  const write = (home: { scopeId: string; householdId: string } | null): void => {
    writeDown(me, call.number ?? '', home, own.length === 1 ? (own[0]?.id ?? '') : '');
    setFolded(true);
    void navigate(url.newOrder());
  };
  return (
    <div className={css.card} data-state={call.state}>
      <div className={css.head}>
        <h2 className={css.who}>
          {call.state === 'talking'
            ? t('telephony.speaks', { number })
            : t('telephony.ringsFrom', { number })}
        </h2>
        <Button
          size="small"
          icon={isFolded ? ChevronUp : ChevronDown}
          aria-expanded={!isFolded}
          onPress={() => setFolded(!isFolded)}
        >
          {isFolded ? t('telephony.unfold') : t('telephony.fold')}
        </Button>
        <Button size="small" variant="primary" onPress={() => write(null)}>
          {t('telephony.writeDown')}
        </Button>
      </div>
      {!isFolded && call.number !== null && (
        <CallerPanel phone={call.number} scopeId={undefined} householdId="" onChoose={write} />
      )}
    </div>
  );
}
