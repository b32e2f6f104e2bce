import { Button } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import type { ImportFault } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { type Text, useText } from '../../app/text.ts';
import css from './faults.module.css';
import { Pending } from '../../components/pending.tsx';

/** Cell by cell: line, column, what stands there, and what would be right. */
export function Faults({ scopeId, importId }: { scopeId: string; importId: string }) {
  const text = useText();
  const { t } = text;
  const faults = useInfiniteQuery({
    queryKey: queryKeys.importFaults(importId),
    queryFn: ({ pageParam }) => api.importFaults(scopeId, importId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (!faults.isSuccess) return <Pending of={faults} lines={5} />;
  return (
    <>
      {/* Wider than a phone: it is scrolled by itself, by keyboard too. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={t('imports.faults')}>
        <table className={css.table}>
          <thead>
            <tr>
              {(['line', 'column', 'value', 'right'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`imports.faults.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {faults.data.pages
              .flatMap((page) => page.items)
              .map((fault) => (
                <tr key={`${fault.line} ${fault.column}`}>
                  <td className={css.line}>{fault.line}</td>
                  <td>{fault.column}</td>
                  <td className={css.value}>{fault.value ?? t('imports.faults.hidden')}</td>
                  <td>{faultText(text, fault)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </section>
      {faults.hasNextPage && (
        <Button
          variant="quiet"
          isBusy={faults.isFetchingNextPage}
          onPress={() => void faults.fetchNextPage()}
        >
          {t('imports.faults.more')}
        </Button>
      )}
    </>
  );
}

function faultText({ t, tk }: Text, { code, params }: ImportFault): string {
  const near = params['near'];
  const suggestions =
    typeof near === 'string' && near !== ''
      ? t('imports.suggest.near', { names: near })
      : t('imports.suggest.none');
  return tk(`imports.fault.${code}`, { ...params, suggestions }, 'imports.fault.broken_cell');
}
