import { Button, buttonClass, notify, Progress } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api, importFaultsUrl } from '../../api.ts';
import type { ImportRun } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { type Text, useText } from '../../app/text.ts';
import { Columns } from './columns.tsx';
import { Faults } from './faults.tsx';
import { isMoving } from './states.ts';
import css from './result.module.css';
import { Pending } from '../../components/pending.tsx';

const askAgainMs = 700;

/** How far the server is, what it found, and the one button that follows from it. */
export function Result({ scopeId, importId }: { scopeId: string; importId: string }) {
  const run = useQuery({
    queryKey: queryKeys.importRun(importId),
    queryFn: () => api.importRun(scopeId, importId),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isMoving(state.data.state) ? askAgainMs : false,
  });
  const client = useQueryClient();
  const state = run.data?.state;
  useEffect(() => {
    if (state !== undefined && !isMoving(state))
      void client.invalidateQueries({ queryKey: queryKeys.imports(scopeId) });
  }, [client, scopeId, state]);
  if (!run.isSuccess) return <Pending of={run} lines={3} />;
  return <Shown run={run.data} onStarted={() => void run.refetch()} />;
}

function Shown({ run, onStarted }: { run: ImportRun; onStarted: () => void }) {
  const text = useText();
  const { t, number } = text;
  const { rows, state } = run;
  return (
    <div className={css.result}>
      <p className={css.file}>
        <strong>{run.name}</strong> · {t(`imports.state.${state}`)}
      </p>
      {isMoving(state) && (
        <Progress
          value={rows.total === null || rows.total === 0 ? 0 : rows.done / rows.total}
          label={
            rows.total === null
              ? t('imports.progress.open', { done: number(rows.done) })
              : t('imports.progress', { done: number(rows.done), total: number(rows.total) })
          }
        />
      )}
      {run.refusal !== null && state !== 'mapping' && (
        <p className={css.bad} role="alert">
          {refusalText(text, run.refusal)}
        </p>
      )}
      {state === 'mapping' && <Columns run={run} onTold={onStarted} />}
      {rows.total !== null && state !== 'mapping' && (
        <dl className={css.counts}>
          {(['new', 'changed', 'unchanged', 'rejected'] as const).map((name) => (
            <div key={name} className={name === 'rejected' && rows.rejected > 0 ? css.wrong : undefined}>
              <dd>{number(rows[name])}</dd>
              <dt>{t(`imports.count.${name}`)}</dt>
            </div>
          ))}
        </dl>
      )}
      {state === 'checked' && <Start run={run} onStarted={onStarted} />}
      {state === 'done' && (
        <output className={css.good}>
          {t('imports.done', { fresh: number(rows.new), changed: number(rows.changed) })}
        </output>
      )}
      {state === 'checked' && <Columns run={run} onTold={onStarted} />}
      {rows.rejected > 0 && state !== 'mapping' && state !== 'waiting' && (
        <section className={css.faults} aria-labelledby={`faults-${run.id}`}>
          <h3 id={`faults-${run.id}`} className={css.heading}>
            {t('imports.faults')}
            <a
              className={buttonClass('secondary', 'small')}
              href={importFaultsUrl(run.scopeId, run.id, text.locale)}
              download
            >
              <Download size={16} aria-hidden="true" />
              {t('imports.faults.download')}
            </a>
          </h3>
          <Faults scopeId={run.scopeId} importId={run.id} />
        </section>
      )}
    </div>
  );
}

function refusalText({ tk }: Text, { code, params }: NonNullable<ImportRun['refusal']>): string {
  return tk(`imports.refusal.${code}`, params, 'imports.refusal.internal');
}

function Start({ run, onStarted }: { run: ImportRun; onStarted: () => void }) {
  const text = useText();
  const { t, number } = text;
  const { rows } = run;
  const [isBusy, setBusy] = useState(false);
  // One intent, one key: pressed twice it starts once.
  const [key] = useState(newKey);
  const fresh = rows.new + rows.changed;
  const hasBad = rows.rejected > 0;
  const start = async () => {
    setBusy(true);
    try {
      await api.startImport(run.scopeId, run.id, hasBad, key);
      onStarted();
    } catch (error) {
      notify(problemText(error, text), { tone: 'late' });
      onStarted();
    } finally {
      setBusy(false);
    }
  };
  if (fresh === 0) return <p>{t('imports.nothing')}</p>;
  return (
    <div className={css.start}>
      <p>{hasBad ? t('imports.someBad', { count: rows.rejected }) : t('imports.allGood')}</p>
      <Button variant={hasBad ? 'secondary' : 'primary'} isBusy={isBusy} onPress={() => void start()}>
        {hasBad
          ? t('imports.runGood', { count: number(fresh), rejected: number(rows.rejected) })
          : t('imports.run', { count: number(fresh) })}
      </Button>
    </div>
  );
}
