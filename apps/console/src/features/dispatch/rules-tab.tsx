import { Button, ErrorState, Skeleton, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deskApi, deskKeys } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { type RulesSearch, url } from '../../app/routes.ts';
import { useMe } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { ScopePicker } from '../../components/scope-picker.tsx';
import css from '../rules/rules.module.css';
import {
  type Chain,
  COUNTDOWNS,
  type DispatchRules,
  type ModeRow,
  type OwnWord,
  rulesApi,
  rulesKeys,
} from './rules-api.ts';
import { ChainDialog, CountdownDialog, ModeDialog } from './rules-forms.tsx';

type Open = { readonly form: 'mode'; readonly of: ModeRow | null } | { readonly form: 'offers' | 'chain' };

const SECOND = 1_000;
const MINUTE = 60_000;

/** How orders are dispatched here: which way, how long somebody has to answer, who hears that nobody came. */
export default function DispatchTab({ scopeId, search }: { scopeId: string; search: RulesSearch }) {
  const text = useText();
  const { t, named } = text;
  const { acting } = useMe();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open | null>(null);
  const rules = useQuery({ queryKey: rulesKeys.rules(scopeId), queryFn: () => rulesApi.rules(scopeId) });
  const entries = useQuery({
    queryKey: deskKeys.entries(acting.scopeId),
    queryFn: () => deskApi.entries(acting.scopeId),
  });
  if (rules.isPending) return <Skeleton label={t('common.loading')} lines={10} isCard />;
  if (rules.isError)
    return <ErrorState text={problemText(rules.error, text)} onRetry={() => void rules.refetch()} />;
  const data = rules.data;
  const { mayEdit } = data;
  const isCompound = data.kind === 'compound';
  const nameOf = (code: string | null): string => {
    if (code === null) return t('dispatchRules.every');
    const found = entries.data?.items.find((one) => one.code === code)?.current;
    return found === undefined ? code : named({ zh: found.nameZh, en: found.nameEn });
  };
  return (
    <div className={css.main}>
      <p className={css.hint}>{t(mayEdit ? 'dispatchRules.hint' : 'dispatchRules.readOnly')}</p>
      {acting.role === 'company' && (
        <div className={css.row}>
          <ScopePicker
            label={t('dispatchRules.where')}
            placeholder={t('dispatchRules.whole')}
            value={isCompound ? scopeId : undefined}
            onChange={(scope) => void navigate({ ...url.rules({ ...search, scope }), replace: true })}
          />
        </div>
      )}
      {isCompound && <p>{t('dispatchRules.ofCompound', { name: data.name })}</p>}

      <section className={css.box} aria-label={t('dispatchRules.modes')}>
        <h2 className={css.heading}>{t('dispatchRules.modes')}</h2>
        <div className={css.scroll} tabIndex={0} role="group" aria-label={t('dispatchRules.modes')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('dispatchRules.matter')}</th>
                <th scope="col">{t('dispatchRules.mode')}</th>
                <th scope="col">{t('dispatchRules.since')}</th>
                {mayEdit && (
                  <th>
                    <span className="gz-hidden">{t('desk.duties.change')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {data.modes.map((one) => (
                <tr key={one.categoryCode ?? ''}>
                  <th scope="row">{nameOf(one.categoryCode)}</th>
                  <td>
                    <strong>{t(`asking.mode.${one.mode}`)}</strong>
                    <span className={css.meta}>{t(`dispatchRules.modeWords.${one.mode}`)}</span>
                  </td>
                  <td>
                    <Whose word={one} />
                  </td>
                  {mayEdit && (
                    <td>
                      <Button size="small" onPress={() => setOpen({ form: 'mode', of: one })}>
                        {t('desk.duties.change')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {mayEdit && (
          <div>
            <Button size="small" onPress={() => setOpen({ form: 'mode', of: null })}>
              {t('dispatchRules.oneMatter')}
            </Button>
          </div>
        )}
        <p className={css.hint}>{t('dispatchRules.emergency')}</p>
        <p className={css.hint}>{t('dispatchRules.grab')}</p>
        {data.compounds.length > 0 && (
          <>
            <h3 className={css.heading}>{t('dispatchRules.compounds')}</h3>
            <ul className={css.versions}>
              {data.compounds.map((one) => (
                <li key={`${one.scopeId} ${one.categoryCode}`}>
                  <Link {...url.rules({ ...search, scope: one.scopeId })}>{one.name}</Link>
                  <span>{nameOf(one.categoryCode)}</span>
                  <span>{t(`asking.mode.${one.mode}`)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>

      <section className={css.box} aria-label={t('dispatchRules.offers')}>
        <div className={css.ask}>
          <h2 className={css.heading}>{t('dispatchRules.offers')}</h2>
          {mayEdit && data.mayEditAll && (
            <Button size="small" onPress={() => setOpen({ form: 'offers' })}>
              {t('desk.duties.change')}
              <span className="gz-hidden"> {t('dispatchRules.offers')}</span>
            </Button>
          )}
        </div>
        <dl className={css.dues}>
          {COUNTDOWNS.map((one) => (
            <div key={one}>
              <dt>{t(`dispatchRules.${one}`)}</dt>
              <dd>{text.duration(data.offers.value[one] * SECOND)}</dd>
            </div>
          ))}
        </dl>
        <Whose word={data.offers} />
      </section>

      <section className={css.box} aria-label={t('dispatchRules.escalation')}>
        <div className={css.ask}>
          <h2 className={css.heading}>{t('dispatchRules.escalation')}</h2>
          {mayEdit && data.mayEditAll && (
            <Button size="small" onPress={() => setOpen({ form: 'chain' })}>
              {t('desk.duties.change')}
              <span className="gz-hidden"> {t('dispatchRules.escalation')}</span>
            </Button>
          )}
        </div>
        <ChainView chain={data.escalation.value} />
        <Whose word={data.escalation} />
      </section>

      {data.own.length > 0 && (
        <details className={css.changed} open={data.own.some(({ standing }) => standing === 'coming')}>
          <summary>{t('dispatchRules.history')}</summary>
          <ul className={css.versions}>
            {data.own.map((one) => (
              <Word
                key={`${one.subject} ${one.subject === 'mode' ? one.categoryCode : ''} ${one.version}`}
                word={one}
                nameOf={nameOf}
              />
            ))}
          </ul>
        </details>
      )}

      {open?.form === 'mode' && (
        <ModeDialog
          key={open.of === null ? 'new' : (open.of.categoryCode ?? '')}
          rules={data}
          row={open.of}
          title={open.of === null ? t('dispatchRules.oneMatter') : nameOf(open.of.categoryCode)}
          matters={(entries.data?.items ?? []).map(({ code, current }) => ({
            id: code,
            label: named({ zh: current.nameZh, en: current.nameEn }),
          }))}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.form === 'offers' && <CountdownDialog rules={data} onClose={() => setOpen(null)} />}
      {open?.form === 'chain' && <ChainDialog rules={data} onClose={() => setOpen(null)} />}
    </div>
  );
}

/** Whose word it is, since when, and why. */
function Whose({
  word,
}: {
  word: Pick<DispatchRules['offers'], 'level' | 'startsAt' | 'changedByName' | 'reason'>;
}) {
  const { t, when } = useText();
  const now = useNow();
  return (
    <span className={css.meta}>
      <span className={css.tag}>{t(`dispatchRules.level.${word.level}`)}</span>
      {word.startsAt !== null && (
        <span>
          {t('dispatchRules.sinceBy', {
            when: when(word.startsAt, now),
            name: word.changedByName ?? '',
            reason: word.reason ?? '',
          })}
        </span>
      )}
    </span>
  );
}

function useStepWords() {
  const { t, tk, duration } = useText();
  return (step: Chain['normal'][number]): string =>
    step.afterMinutes === 0
      ? t('dispatchRules.stepAtOnce', { role: tk(`roles.${step.to}`) })
      : t('dispatchRules.step', {
          span: duration(step.afterMinutes * MINUTE),
          role: tk(`roles.${step.to}`),
        });
}

function ChainView({ chain }: { chain: Chain }) {
  const { t, tk, duration } = useText();
  const wordsOf = useStepWords();
  return (
    <>
      <div className={css.row}>
        {(['emergency', 'normal'] as const).map((kind) => (
          <div key={kind}>
            <h3 className={css.heading}>{t(`dispatchRules.chain.${kind}`)}</h3>
            <ol>
              {chain[kind].map((step) => (
                <li key={step.afterMinutes + step.to}>{wordsOf(step)}</li>
              ))}
            </ol>
          </div>
        ))}
        <div>
          <h3 className={css.heading}>{t('dispatchRules.chain.notThere')}</h3>
          <ul>
            {chain.notThere.map((role) => (
              <li key={role}>{tk(`roles.${role}`)}</li>
            ))}
          </ul>
        </div>
      </div>
      <p className={css.hint}>
        {t('dispatchRules.acknowledged', { span: duration(chain.acknowledgedMinutes * MINUTE) })}
      </p>
    </>
  );
}

/** One thing that was set here, or will hold. */
function Word({ word, nameOf }: { word: OwnWord; nameOf: (code: string | null) => string }) {
  const { t, tk, when, exact, duration } = useText();
  const stepWords = useStepWords();
  const now = useNow();
  const what =
    word.subject === 'mode'
      ? nameOf(word.categoryCode)
      : t(word.subject === 'offers' ? 'dispatchRules.offers' : 'dispatchRules.escalation');
  const value = ((): string => {
    if (word.value === null) return t('dispatchRules.gone');
    if (word.subject === 'mode') return tk(`asking.mode.${word.value}`);
    if (word.subject === 'offers') {
      const { value: seconds } = word;
      return COUNTDOWNS.map(
        (one) => `${t(`dispatchRules.${one}`)} ${duration((seconds?.[one] ?? 0) * SECOND)}`,
      ).join(t('common.listSeparator'));
    }
    return [...word.value.emergency, ...word.value.normal].map(stepWords).join(t('common.listSeparator'));
  })();
  return (
    <li data-off={word.standing === 'past'}>
      <span className={css.tag}>{t(`dispatchRules.standing.${word.standing}`)}</span>
      <span className={css.meta}>{when(word.startsAt, now)}</span>
      <span>{what}</span>
      <span>{value}</span>
      <span className={css.meta}>
        {word.reason} · {word.changedByName} {exact(word.changedAt)}
      </span>
    </li>
  );
}
