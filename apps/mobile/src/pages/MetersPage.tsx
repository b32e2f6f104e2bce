import { formatWhen } from '@gongzhi/i18n/when.ts';
import { localDate } from '@gongzhi/kernel/time.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Gauge } from 'lucide-react';
import { useRef, useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { METERS, metersApi, type OwnMeter, ownMeters } from '../features/meters/api.ts';
import { comparedMonth } from '../features/meters/compare.ts';
import css from '../features/meters/meters.module.css';
import { TopUpSheet } from '../features/meters/TopUpSheet.tsx';
import { ReportSheet } from '../features/meters/ReportSheet.tsx';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';

/** The meters of the own home: what was used, what is left, and on again after the second alarm. */
export default function MetersPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const here = useHere(me);
  const meters = useQuery(ownMeters(here.household?.id));
  return (
    <>
      <PageHead title={t('mobile.meters.title')} back={url.home()} />
      <PlaceSwitch me={me} here={here} />
      {meters.data === undefined &&
        here.household !== null &&
        (meters.error === null ? (
          <Skeleton lines={6} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, meters.error)}
            {...traceOf(meters.error)}
            onRetry={() => {
              void meters.refetch();
            }}
          />
        ))}
      {(here.household === null || meters.data?.items.length === 0) && (
        <EmptyState icon={Gauge} title={t('mobile.meters.empty')} text={t('mobile.meters.emptyHint')} />
      )}
      {meters.data?.items.map((own) => (
        <Meter key={own.meter.id} own={own} />
      ))}
    </>
  );
}

const tones = { ok: 'done', low: 'due', warned_off: 'late', overdraft: 'late', off: 'late' } as const;
const yuan = (fen: number): string => (fen / 100).toFixed(2);

function Meter({ own }: { own: OwnMeter }) {
  const { t, locale } = useWords();
  const now = useNow();
  const [isReporting, setReporting] = useState(false);
  const { meter, prepaid } = own;
  const kind = t(`metering.kind.${meter.kind}`);
  return (
    <Card label={`${kind} ${meter.serial}`}>
      <div className={css.card}>
        <div className={css.head}>
          <h2 className={css.name}>{kind}</h2>
          <span className={css.quiet}>{meter.serial}</span>
        </div>
        {meter.lastValue !== null && meter.lastAt !== null && (
          <p className={css.quiet}>
            {t('mobile.meters.last', {
              value: String(meter.lastValue),
              unit: t(`metering.unit.${meter.kind}`),
              when: formatWhen(locale, meter.lastAt, now),
            })}
          </p>
        )}
        {prepaid !== null && <Balance own={own} prepaid={prepaid} />}
        <Days own={own} />
        <Button isWide onPress={() => setReporting(true)} aria-label={`${t('mobile.meters.report')} ${kind}`}>
          {t('mobile.meters.report')}
        </Button>
      </div>
      {isReporting && <ReportSheet meter={meter} onClose={() => setReporting(false)} />}
    </Card>
  );
}

function Balance({ own, prepaid }: { own: OwnMeter; prepaid: NonNullable<OwnMeter['prepaid']> }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const client = useQueryClient();
  const key = useRef(newKey());
  const [isBusy, setBusy] = useState(false);
  const [isBuying, setBuying] = useState(false);
  const { meter } = own;
  const restore = async (): Promise<void> => {
    setBusy(true);
    try {
      await metersApi.restore(meter.scopeId, meter.id, key.current);
      key.current = newKey();
      notify(t('mobile.meters.restored'), { tone: 'done' });
    } catch (error) {
      notify(problemSentence(words, error), { tone: 'late' });
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: METERS });
    }
  };
  return (
    <>
      <div className={css.head}>
        <span>{t('mobile.meters.balance')}</span>
        <span className={css.balance}>¥{yuan(prepaid.balanceFen)}</span>
        <StatusChip tone={tones[prepaid.phase]} word={t(`metering.phase.${prepaid.phase}`)} />
      </div>
      <p className={css.quiet}>
        {t('mobile.meters.price', {
          unit: t(`metering.unit.${meter.kind}`),
          price: String(prepaid.price / 10_000),
        })}
        {prepaid.roomFen !== null && ` · ${t('mobile.meters.room', { amount: yuan(prepaid.roomFen) })}`}
      </p>
      {prepaid.nextPrice !== null && (
        <p className={css.quiet}>
          {t('mobile.meters.nextPrice', {
            day: localDate(Date.parse(prepaid.nextPrice.from)),
            unit: t(`metering.unit.${meter.kind}`),
            price: String(prepaid.nextPrice.price / 10_000),
          })}
        </p>
      )}
      {prepaid.isProtected && <p className={css.quiet}>{t('mobile.meters.protected')}</p>}
      {prepaid.phase === 'off' && <p className={css.error}>{t('mobile.meters.off')}</p>}
      {prepaid.mayRestore && (
        <>
          <p className={css.quiet}>
            {t('mobile.meters.restoreHint', { amount: yuan(prepaid.overdraftFen) })}
          </p>
          <Button variant="primary" size="large" isWide isBusy={isBusy} onPress={() => void restore()}>
            {t(meter.kind === 'power' ? 'mobile.meters.restore' : 'mobile.meters.restoreOther')}
          </Button>
        </>
      )}
      {prepaid.roomFen === 0 ? (
        <p className={css.quiet}>{t('mobile.topUp.full')}</p>
      ) : (
        <Button
          variant={prepaid.mayRestore ? 'secondary' : 'primary'}
          isWide
          onPress={() => setBuying(true)}
          aria-label={`${t('mobile.topUp.go')} ${t(`metering.kind.${meter.kind}`)}`}
        >
          {t('mobile.topUp.go')}
        </Button>
      )}
      {isBuying && <TopUpSheet own={own} prepaid={prepaid} onClose={() => setBuying(false)} />}
      {own.topUps.length > 0 && (
        <ul className={css.list}>
          {own.topUps.slice(0, 3).map((topUp) => (
            <li key={topUp.id} className={css.quiet}>
              {t('mobile.meters.paid', { amount: yuan(topUp.amountFen) })} ·{' '}
              {t(`metering.topUp.${topUp.state}`)} · {formatWhen(locale, topUp.askedAt, now)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const WIDTH = 310;
const HEIGHT = 90;

/** The last thirty days as bars; below them how the last whole month stands against the same one a year ago. */
function Days({ own }: { own: OwnMeter }) {
  const { t } = useWords();
  const { days } = own.use;
  const last = days.at(-1);
  if (last === undefined) return <p className={css.quiet}>{t('mobile.meters.noUse')}</p>;
  const most = Math.max(...days.map(({ value }) => value), 0.001);
  const compared = comparedMonth(own.use);
  const said = (day: string, value: number) =>
    t('mobile.meters.today', {
      day: day.slice(5),
      value: String(value),
      unit: t(`metering.unit.${own.meter.kind}`),
    });
  return (
    <figure className={css.figure}>
      <figcaption className={css.quiet}>{t('mobile.meters.days')}</figcaption>
      <svg
        className={css.plot}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={days.map(({ day, value }) => said(day, value)).join(', ')}
      >
        {days.map(({ day, value, isSpread }) => {
          const back = Math.round((Date.parse(last.day) - Date.parse(day)) / 86_400_000);
          const height = Math.max((value / most) * HEIGHT, 1);
          return (
            <rect
              key={day}
              className={isSpread ? css.spread : css.bar}
              x={(30 - back) * 10 + 1}
              y={HEIGHT - height}
              width={8}
              height={height}
            />
          );
        })}
      </svg>
      <p className={css.quiet}>{said(last.day, last.value)}</p>
      {compared !== null && (
        <p className={css.quiet}>
          {t('mobile.meters.versus', {
            month: compared.month,
            sign: compared.percent < 0 ? '−' : '+',
            percent: String(Math.abs(compared.percent)),
          })}
        </p>
      )}
    </figure>
  );
}
