import { localDate } from '@gongzhi/kernel/time.ts';
import { Button, notify, StatusChip, type Tone, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { again, METERS, meteringApi, type MeterPage } from './api.ts';
import { ChangeMeter, ReplaceMeter } from './change-meter.tsx';
import { CommandDialog, Commands, TripBlocked } from './commands.tsx';
import { EndPrepaid } from './end-prepaid.tsx';
import { CareDialog, ProtectDialog, WhyDialog } from './home-dialogs.tsx';
import css from './metering.module.css';
import { Moment } from './moment.tsx';
import { PrepaidDialog } from './prepaid-dialog.tsx';
import { UsePlots } from './use-plot.tsx';
import { useMeterWords } from './words.ts';
import { Pending } from '../../components/pending.tsx';

const dialogs = ['command', 'protect', 'why', 'change', 'replace', 'prepaid', 'end', 'care'] as const;
type Dialog = (typeof dialogs)[number];
type Show = (scopeId: string, meterId: string) => void;

/** One meter: what it used, what is left, what it was told, what was read. */
export function MeterPanel({ scopeId, id, onShow }: { scopeId: string; id: string; onShow: Show }) {
  const { t } = useText();
  const words = useMeterWords();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const query = useQuery({
    queryKey: [...METERS, 'page', scopeId, id],
    queryFn: () => meteringApi.meter(scopeId, id),
  });
  if (!query.isSuccess) return <Pending of={query} />;
  const page = query.data;
  const { meter, prepaid } = page;
  return (
    <div className={css.panel}>
      <header className={css.part}>
        <h2 className={css.name}>{words.name(meter)}</h2>
        <p className={css.quiet}>{[meter.householdLabel, meter.spot].filter(Boolean).join(' · ')}</p>
        <div className={css.line}>
          {meter.retiredOn !== null && (
            <StatusChip tone="waiting" word={t('metering.page.retired', { day: meter.retiredOn })} />
          )}
          {meter.isOpen !== null && (
            <StatusChip
              tone={meter.isOpen ? 'late' : 'done'}
              word={t(meter.isOpen ? 'metering.page.open' : 'metering.page.closed')}
            />
          )}
          <LineChip meter={meter} />
        </div>
        {page.findings.map((finding) => (
          <p key={finding.id} className={css.warning}>
            {t(`metering.finding.${finding.rule}`)}{' '}
            {finding.workOrderId !== null && (
              <Link {...url.order(finding.scopeId, finding.workOrderId)}>
                {t('metering.finding.order', { number: finding.orderNumber ?? '' })}
              </Link>
            )}
          </p>
        ))}
        {page.care !== null && (
          <p className={css.quiet}>
            {t('metering.page.care', { day: page.care.until, name: page.care.recordedByName })}
          </p>
        )}
        {meter.retiredOn === null && <Acts page={page} onOpen={setDialog} />}
      </header>
      {prepaid !== null && <PrepaidPart page={page} prepaid={prepaid} />}
      <section className={css.part}>
        <h3 className={css.heading}>{t('metering.page.use')}</h3>
        <UsePlots page={page} />
      </section>
      <Readings scopeId={scopeId} id={id} unit={words.unit(meter.kind)} />
      {(meter.gatewayId !== null || page.commands.length > 0) && <Commands page={page} />}
      {page.refusals.length > 0 && (
        <section className={css.part}>
          <h3 className={css.heading}>{t('metering.page.refusals')}</h3>
          <p className={css.quiet}>{t('metering.form.law')}</p>
          <ul className={css.plain}>
            {page.refusals.map(({ id: key, reason, askedByName, at }) => (
              <li key={key}>
                <Moment at={at} /> {askedByName ?? t('metering.command.bySystem')} <q>{reason}</q>
              </li>
            ))}
          </ul>
        </section>
      )}
      {dialog !== null && (
        <Opened page={page} dialog={dialog} onShow={onShow} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}

/** What this reader may do with it. */
function Acts({ page, onOpen }: { page: MeterPage; onOpen: (dialog: Dialog) => void }) {
  const { t } = useText();
  const { meter, prepaid } = page;
  const mayCommand = useMay('meter.command');
  const mayProtect = useMay('meter.protect');
  const mayManage = useMay('meter.manage');
  const mayCare = useMay('meter.care');
  const { isBusy, error, send } = useSend();
  const readNow = async (): Promise<void> => {
    const done = await send({ now: meter.id }, (key) => meteringApi.readNow(meter.scopeId, meter.id, key));
    if (done !== undefined) notify(t('metering.act.readNow.done'));
  };
  const isOnLine = meter.gatewayId !== null;
  const acts: readonly (readonly [Dialog, boolean, string])[] = [
    ['command', mayCommand && isOnLine, t('metering.act.command')],
    [
      'protect',
      mayProtect && prepaid !== null,
      t(prepaid?.isProtected === true ? 'metering.act.unprotect' : 'metering.act.protect'),
    ],
    ['why', mayProtect && prepaid?.isProtected === true, t('metering.act.why')],
    ['care', mayCare && meter.householdId !== null, t('metering.act.care')],
    ['change', mayManage, t('metering.act.change')],
    [
      'prepaid',
      mayManage && (isOnLine || prepaid !== null),
      t(prepaid === null ? 'metering.act.prepaid' : 'metering.act.limits'),
    ],
    ['end', mayManage && prepaid !== null, t('metering.act.end')],
    ['replace', mayManage, t('metering.page.replaced')],
  ];
  const offered = acts.filter(([, isOffered]) => isOffered);
  if (offered.length === 0 && !(mayCommand && isOnLine)) return null;
  return (
    <>
      <div className={css.line}>
        {mayCommand && isOnLine && (
          <Button size="small" isBusy={isBusy} onPress={() => void readNow()}>
            {t('metering.act.readNow')}
          </Button>
        )}
        {offered.map(([dialog, , label]) => (
          <Button key={dialog} size="small" onPress={() => onOpen(dialog)}>
            {label}
          </Button>
        ))}
      </div>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </>
  );
}

function Opened({
  page,
  dialog,
  onShow,
  onClose,
}: {
  page: MeterPage;
  dialog: Dialog;
  onShow: Show;
  onClose: () => void;
}) {
  const { meter, prepaid, care } = page;
  switch (dialog) {
    case 'command':
      return <CommandDialog page={page} onClose={onClose} />;
    case 'protect':
      return <ProtectDialog meter={meter} isOn={prepaid?.isProtected !== true} onClose={onClose} />;
    case 'why':
      return <WhyDialog meter={meter} onClose={onClose} />;
    case 'change':
      return <ChangeMeter meter={meter} onClose={onClose} />;
    case 'prepaid':
      return <PrepaidDialog meter={meter} prepaid={prepaid} onClose={onClose} />;
    case 'replace':
      return (
        <ReplaceMeter
          meter={meter}
          prepaid={prepaid}
          onDone={(scopeId, id) => {
            onClose();
            onShow(scopeId, id);
          }}
          onClose={onClose}
        />
      );
    case 'end':
      return prepaid === null ? null : <EndPrepaid page={page} prepaid={prepaid} onClose={onClose} />;
    case 'care':
      return meter.householdId === null ? null : (
        <CareDialog meter={meter} householdId={meter.householdId} care={care} onClose={onClose} />
      );
  }
}

const lineTones: Record<MeterPage['meter']['lineState'], Tone> = {
  none: 'waiting',
  never: 'waiting',
  ok: 'done',
  silent: 'late',
  error: 'due',
};

export function LineChip({ meter }: { meter: Pick<MeterPage['meter'], 'lineState' | 'lineFault'> }) {
  const { t } = useText();
  const words = useMeterWords();
  const fault = meter.lineState === 'error' && meter.lineFault !== null ? words.fault(meter.lineFault) : null;
  return (
    <StatusChip tone={lineTones[meter.lineState]} word={fault ?? t(`metering.line.${meter.lineState}`)} />
  );
}

const phaseTones: Record<NonNullable<MeterPage['prepaid']>['phase'], Tone> = {
  ok: 'done',
  low: 'due',
  warned_off: 'late',
  overdraft: 'late',
  off: 'late',
};

export function PhaseChip({ phase }: { phase: NonNullable<MeterPage['prepaid']>['phase'] }) {
  const { t } = useText();
  return <StatusChip tone={phaseTones[phase]} word={t(`metering.phase.${phase}`)} />;
}

function PrepaidPart({ page, prepaid }: { page: MeterPage; prepaid: NonNullable<MeterPage['prepaid']> }) {
  const { t, when } = useText();
  const now = useNow();
  const words = useMeterWords();
  const mayCommand = useMay('meter.command');
  const { isBusy, error, send } = useSend();
  const retry = async (topUpId: string): Promise<void> => {
    const { scopeId, id } = page.meter;
    await send({ topUpId }, (key) => meteringApi.retry(scopeId, id, topUpId, key));
    again();
  };
  return (
    <section className={css.part}>
      <h3 className={css.heading}>{t('metering.page.prepaid')}</h3>
      <div className={css.line}>
        <strong className={css.balance}>
          {t('metering.page.balance', { amount: words.yuan(prepaid.balanceFen) })}
        </strong>
        <PhaseChip phase={prepaid.phase} />
        {prepaid.isProtected && (
          <StatusChip
            tone="moving"
            word={t('metering.page.protected', { day: prepaid.protectedUntil ?? '' })}
          />
        )}
      </div>
      {prepaid.meterFen !== null && prepaid.meterAt !== null && (
        <p className={css.quiet}>
          {t('metering.page.meterShows', {
            amount: words.yuan(prepaid.meterFen),
            when: when(prepaid.meterAt, now),
          })}
        </p>
      )}
      <p className={css.quiet}>
        {t('metering.page.limits', {
          price: (prepaid.price / 10_000).toString(),
          unit: words.unit(page.meter.kind),
          alarm1: words.yuan(prepaid.alarm1Fen),
          alarm2: words.yuan(prepaid.alarm2Fen),
          overdraft: words.yuan(prepaid.overdraftFen),
          permit: words.yuan(prepaid.closePermitFen),
          hoarding: prepaid.hoardingFen === 0 ? t('metering.page.noLimit') : words.yuan(prepaid.hoardingFen),
        })}
      </p>
      {prepaid.nextPrice !== null && (
        <p className={css.quiet}>
          {t('metering.page.nextPrice', {
            price: (prepaid.nextPrice.price / 10_000).toString(),
            unit: words.unit(page.meter.kind),
            day: localDate(Date.parse(prepaid.nextPrice.from)),
          })}
        </p>
      )}
      <TripBlocked page={page} />
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
      <ul className={css.plain}>
        {page.topUps.map((topUp) => (
          <li key={topUp.id}>
            <Moment at={topUp.askedAt} /> {words.yuan(topUp.amountFen)} · {t(`metering.topUp.${topUp.state}`)}{' '}
            {topUp.error !== null && <span className={css.quiet}>{words.fault(topUp.error)} </span>}
            {topUp.state === 'failed' && mayCommand && (
              <Button size="small" isBusy={isBusy} onPress={() => void retry(topUp.id)}>
                {t('metering.act.retry')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Readings({ scopeId, id, unit }: { scopeId: string; id: string; unit: string }) {
  const { t, number } = useText();
  const list = useQuery({
    queryKey: [...METERS, 'readings', scopeId, id],
    queryFn: () => meteringApi.readings(scopeId, id),
  });
  return (
    <section className={css.part}>
      <h3 className={css.heading}>{t('metering.page.readings')}</h3>
      <Pending of={list} lines={4} />
      {list.data?.items.length === 0 && <p className={css.quiet}>{t('metering.empty.readings')}</p>}
      {list.data !== undefined && list.data.items.length > 0 && (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('metering.column.at')}</th>
              <th scope="col" className={css.number}>
                {t('metering.column.value')} {unit}
              </th>
              <th scope="col" className={css.number}>
                {t('metering.column.used')}
              </th>
              <th scope="col">{t('metering.column.by')}</th>
            </tr>
          </thead>
          <tbody>
            {list.data.items.map((reading) => (
              <tr key={reading.id} data-out={reading.state === 'rejected' || undefined}>
                <td>
                  <Moment at={reading.takenAt} />
                </td>
                <td className={css.number}>{number(reading.value)}</td>
                <td className={css.number}>{reading.used === null ? '' : number(reading.used)}</td>
                <td>
                  {t(`metering.source.${reading.source}`)}
                  {reading.state !== 'counted' && ` · ${t(`metering.state.${reading.state}`)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
