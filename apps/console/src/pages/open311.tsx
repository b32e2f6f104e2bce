import { everyPage } from '@gongzhi/ui/client/index.ts';
import { ErrorState, Select, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api } from '../api.ts';
import { problemText } from '../app/errors.ts';
import { queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { Clients } from '../features/open311/clients.tsx';
import css from '../features/open311/open311.module.css';
import { Services } from '../features/open311/services.tsx';

/** What a street tells other software, and whose software may report to it. */
export default function Open311Page() {
  const text = useText();
  const { t } = text;
  useTitle(t('open311.title'));
  const { acting } = useMe();
  const search = useSearch({ from: '/shell/open311' });
  const navigate = useNavigate();
  const isStreet = acting.role === 'street';
  const streets = useQuery({
    queryKey: queryKeys.scopes('street', ''),
    queryFn: ({ signal }) =>
      everyPage((cursor) => api.scopes({ kind: 'street', limit: 100, ...cursor }, { signal })),
    enabled: !isStreet,
  });
  const items = streets.data?.items ?? [];
  const scopeId = isStreet ? acting.scopeId : (search.scope ?? items[0]?.id);
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <h1 className={css.title}>{t('open311.title')}</h1>
        {!isStreet && scopeId !== undefined && (
          <Select
            label={t('open311.street')}
            options={items.map(({ id, name }) => ({ value: id, label: name }))}
            value={scopeId}
            onChange={(scope) => {
              void navigate({ ...url.open311({ scope }) });
            }}
          />
        )}
      </header>
      <p className={css.lead}>{t('open311.lead')}</p>
      {!isStreet && streets.isPending && <Skeleton label={t('common.loading')} lines={5} />}
      {streets.isError && (
        <ErrorState text={problemText(streets.error, text)} onRetry={() => void streets.refetch()} />
      )}
      {scopeId !== undefined && (
        <div key={scopeId} className={css.parts}>
          <Clients scopeId={scopeId} />
          <Services scopeId={scopeId} />
        </div>
      )}
    </div>
  );
}
