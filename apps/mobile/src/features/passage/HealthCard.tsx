import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Select } from '@gongzhi/ui/Select.tsx';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Unreachable } from '@gongzhi/ui/client/problem.ts';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { nowFor, useNow } from '@gongzhi/ui/useNow.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { problemSentence, traceOf } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import { type HealthCode, healthQuery, type OwnHealth, passageApi } from './api.ts';
import css from './passage.module.css';
import { Qr } from './Qr.tsx';

const DeclareSheet = lazy(async () => ({
  default: (await import('./DeclareSheet.tsx')).DeclareSheet,
}));

type Asked = OwnHealth['items'][number];
interface OwnCode extends HealthCode {
  readonly passId: string;
}

/** Only while a measure in force asks for health codes; without one nothing of it is here. */
export function HealthCard({ scopeId }: { scopeId: string }) {
  const words = useWords();
  const { data, error, refetch } = useQuery(healthQuery(scopeId));
  // Whether a code is wanted could not be said: who stands at the gate has to know that, and not find nothing. That there
  // is no network the page says by itself.
  if (data === undefined && error !== null && !(error instanceof Unreachable))
    return (
      <ErrorState
        text={`${words.t('pass.health.title')}: ${problemSentence(words, error)}`}
        {...traceOf(error)}
        onRetry={() => {
          void refetch();
        }}
      />
    );
  if (data === undefined || data.items.length === 0) return null;
  return <TheCard scopeId={scopeId} items={data.items} service={data.service ?? ''} />;
}

function TheCard({ scopeId, items, service }: { scopeId: string; items: readonly Asked[]; service: string }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const [passId, setPass] = useState(items[0]!.passId);
  const [isDeclaring, setDeclaring] = useState(false);
  // On this page alone, and for this one: a code is made anew whenever it is wanted.
  const [shown, setShown] = useState<OwnCode | null>(null);
  const keep = (made: HealthCode): void => {
    setShown({ ...made, passId: asked.passId });
  };
  const asked = items.find((one) => one.passId === passId) ?? items[0]!;
  const { measure } = asked;
  const code = shown?.passId === asked.passId ? shown : null;
  const make = useMutation({
    mutationFn: () => passageApi.healthCode({ scopeId, passId: asked.passId }),
    onSuccess: keep,
  });
  return (
    <Card label={t('pass.health.title')}>
      <p className={css.heading}>{t('pass.health.title')}</p>
      <p className={css.quiet}>
        {t('pass.health.why', {
          authority: measure.authority,
          name: measure.name,
          documentNo: measure.documentNo,
          until: formatWhen(locale, measure.endsAt, now),
        })}
      </p>
      {items.length > 1 && (
        <Select
          label={t('pass.health.who')}
          value={asked.passId}
          options={items.map((one) => ({
            value: one.passId,
            label: one.kind === 'minor' ? (one.name ?? t('pass.kind.minor')) : t('pass.health.self'),
          }))}
          onChange={(next) => {
            setPass(next);
            make.reset();
          }}
        />
      )}
      {code !== null && <Shown code={code} now={now} />}
      {make.error !== null && (
        <p role="alert" className={css.error}>
          {problemSentence(words, make.error)}
        </p>
      )}
      <Button
        variant="primary"
        size="large"
        isWide
        isBusy={make.isPending}
        onPress={() => {
          make.mutate();
        }}
      >
        {t(code === null ? 'pass.health.show' : 'pass.health.again')}
      </Button>
      {code !== null && (
        <Button
          isWide
          size="large"
          onPress={() => {
            setShown(null);
          }}
        >
          {t('pass.health.hide')}
        </Button>
      )}
      <Button
        isWide
        size="large"
        onPress={() => {
          setDeclaring(true);
        }}
      >
        {t('pass.health.declare')}
      </Button>
      {isDeclaring && (
        <Suspense fallback={null}>
          <DeclareSheet
            scopeId={scopeId}
            passId={asked.passId}
            service={service}
            retentionDays={measure.retentionDays}
            onCode={(made) => {
              make.reset();
              keep(made);
            }}
            onClose={() => {
              setDeclaring(false);
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}

const MINUTE_MS = 60_000;

/** How long it lasts is counted from when it came: a phone whose clock is off shows it for as long as any other. */
function Shown({ code: { code, madeAt, expiresAt, heardAt }, now }: { code: OwnCode; now: number }) {
  const { t, locale } = useWords();
  const at = new Date(heardAt).toISOString();
  const present = nowFor(at, now);
  const left = heardAt + Date.parse(expiresAt) - Date.parse(madeAt) - present;
  if (left <= 0)
    return (
      <p role="status" className={css.error}>
        {t('pass.health.over')}
      </p>
    );
  return (
    <div className={css.code}>
      <div className={css.sheet} data-health-code={code}>
        <Qr text={code} label={t('pass.health.qr')} />
      </div>
      <p>{t('pass.health.scan')}</p>
      <p className={css.quiet}>
        {t('pass.health.age', {
          when: formatWhen(locale, at, present),
          count: Math.ceil(left / MINUTE_MS),
        })}
      </p>
    </div>
  );
}
