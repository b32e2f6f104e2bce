import { Button, ErrorState, Select, Skeleton, buttonClass } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { api, importTemplateUrl } from '../api.ts';
import type { ImportKind, ImportRun } from '../api-types.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { importKindWords, url } from '../app/routes.ts';
import { useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { useScopeName } from '../components/scope-picker.tsx';
import { DropZone } from '../features/imports/drop-zone.tsx';
import { History } from '../features/imports/history.tsx';
import { Result } from '../features/imports/result.tsx';
import { TargetPicker } from '../features/imports/target-picker.tsx';
import css from './imports.module.css';

/** Which lists go into which kind of place; the server says the same. */
const kindsOf: Readonly<Record<string, readonly ImportKind[]>> = {
  city: ['areas', 'compounds'],
  street: ['compounds'],
  compound: ['people', 'households', 'buildings'],
};

/** A list in three steps: what and where to, the file, what the check found. */
export default function ImportsPage() {
  const text = useText();
  const { t } = text;
  useTitle(t('imports.title'));
  const search = useSearch({ from: '/shell/imports' });
  const navigate = useNavigate();
  const { acting } = useMe();
  const scopeId = search.scope ?? firstTarget(acting);
  const scope = useQuery({
    queryKey: queryKeys.scope(scopeId ?? ''),
    queryFn: () => api.scope(scopeId ?? ''),
    enabled: scopeId !== undefined,
  });
  const scopeName = useScopeName(scopeId);
  const possible = scope.data === undefined ? [] : (kindsOf[scope.data.kind] ?? []);
  const kind = possible.find((one) => one === search.kind) ?? possible[0];
  const go = (next: {
    scope?: string | undefined;
    kind?: ImportKind | undefined;
    run?: string | undefined;
  }) => {
    void navigate({ ...url.imports({ scope: scopeId, kind, ...next }), replace: true });
  };
  const [sending, setSending] = useState<string>();
  const [error, setError] = useState<string>();

  const send = async (file: File) => {
    if (scopeId === undefined || kind === undefined || sending !== undefined) return;
    setSending(file.name);
    setError(undefined);
    try {
      const run = await api.sendImport(
        { scopeId, kind, name: file.name.slice(-200), locale: text.locale },
        new Blob([file], { type: 'application/octet-stream' }),
        newKey(),
      );
      go({ run: run.id });
    } catch (problem) {
      setError(problemText(problem, text));
    } finally {
      setSending(undefined);
    }
  };

  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('imports.title')}</h1>
        <p className={css.lead}>{t('imports.lead')}</p>
      </header>
      <div className={css.columns}>
        <div className={css.steps}>
          <section className={css.step} aria-labelledby="import-what">
            <h2 id="import-what" className={css.heading}>
              <span className={css.number} aria-hidden="true">
                1
              </span>
              {t('imports.step.what')}
            </h2>
            <div className={css.fields}>
              <TargetPicker
                value={scopeId}
                name={scopeName}
                onChange={(scope) => go({ scope, run: undefined })}
              />
              {kind !== undefined && (
                <Select
                  label={t('imports.kind')}
                  options={possible.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
                  value={kind}
                  onChange={(value) =>
                    go({ kind: importKindWords.find((one) => one === value), run: undefined })
                  }
                />
              )}
            </div>
            {scope.isError && (
              <ErrorState text={problemText(scope.error, text)} onRetry={() => void scope.refetch()} />
            )}
            {scopeId !== undefined && scope.isPending && <Skeleton label={t('common.loading')} lines={1} />}
            {scope.isSuccess && kind === undefined && <p className={css.note}>{t('imports.notHere')}</p>}
            {kind !== undefined && (
              <div className={css.templates}>
                <p className={css.note}>{t(`imports.kindWords.${kind}`)}</p>
                <p className={css.links}>
                  <span>{t('imports.template')}</span>
                  {(['xlsx', 'csv'] as const).map((format) => (
                    <a
                      key={format}
                      className={buttonClass('secondary', 'small')}
                      href={importTemplateUrl(kind, format, text.locale)}
                      download
                    >
                      {t(`imports.template.${format}`)}
                    </a>
                  ))}
                </p>
              </div>
            )}
          </section>
          {kind !== undefined && scopeId !== undefined && (
            <>
              <section className={css.step} aria-labelledby="import-file">
                <h2 id="import-file" className={css.heading}>
                  <span className={css.number} aria-hidden="true">
                    2
                  </span>
                  {t('imports.step.file')}
                </h2>
                <DropZone onFile={(file) => void send(file)} sending={sending} />
                {error !== undefined && (
                  <p className={css.error} role="alert">
                    {error}
                  </p>
                )}
              </section>
              {search.run !== undefined && (
                <section className={css.step} aria-labelledby="import-found">
                  <h2 id="import-found" className={css.heading}>
                    <span className={css.number} aria-hidden="true">
                      3
                    </span>
                    {t('imports.step.check')}
                  </h2>
                  <Result key={search.run} scopeId={scopeId} importId={search.run} />
                  <Button variant="quiet" size="small" onPress={() => go({ run: undefined })}>
                    {t('imports.another')}
                  </Button>
                </section>
              )}
            </>
          )}
        </div>
        {scopeId !== undefined && (
          <aside className={css.side} aria-labelledby="import-history">
            <h2 id="import-history" className={css.heading}>
              <FileSpreadsheet size={18} aria-hidden="true" />
              {t('imports.history')}
            </h2>
            <History
              scopeId={scopeId}
              chosen={search.run}
              onOpen={(run: ImportRun) => go({ kind: run.kind, run: run.id })}
            />
          </aside>
        )}
      </div>
    </div>
  );
}

/** A manager's compound, when there is one; a street or a city itself. */
function firstTarget(acting: ReturnType<typeof useMe>['acting']): string | undefined {
  if (acting.scopeKind === 'city' || acting.scopeKind === 'street') return acting.scopeId;
  const own = acting.scopes.filter(({ kind }) => kind === 'compound');
  return own[0]?.id;
}
