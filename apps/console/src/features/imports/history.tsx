import { cx, EmptyState, StatusChip, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { FileSpreadsheet } from 'lucide-react';
import { api } from '../../api.ts';
import type { ImportRun } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { toneOf } from './states.ts';
import css from './history.module.css';
import { Pending } from '../../components/pending.tsx';

/** What was brought into this place before, the latest first. */
export function History({
  scopeId,
  chosen,
  onOpen,
}: {
  scopeId: string;
  chosen: string | undefined;
  onOpen: (run: ImportRun) => void;
}) {
  const text = useText();
  const { t, number } = text;
  const now = useNow();
  const runs = useQuery({ queryKey: queryKeys.imports(scopeId), queryFn: () => api.imports(scopeId) });
  if (!runs.isSuccess) return <Pending of={runs} lines={4} />;
  if (runs.data.items.length === 0)
    return <EmptyState icon={FileSpreadsheet} title={t('imports.history.none')} />;
  return (
    <ul className={css.list}>
      {runs.data.items.map((run) => (
        <li key={run.id}>
          <button
            type="button"
            className={cx(css.run, run.id === chosen && css.chosen)}
            aria-current={run.id === chosen}
            onClick={() => onOpen(run)}
          >
            <span className={css.name}>{run.name}</span>
            <span className={css.meta}>
              <StatusChip tone={toneOf(run.state)} word={t(`imports.state.${run.state}`)} />
              <span>{t(`imports.kind.${run.kind}`)}</span>
              {run.rows.total !== null && (
                <span>{t('imports.progress.open', { done: number(run.rows.total) })}</span>
              )}
              <span>{text.when(run.createdAt, now)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
