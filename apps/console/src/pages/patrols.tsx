import { Button, Segmented } from '@gongzhi/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useLive } from '../app/live.tsx';
import { queryClient, queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { type PatrolsSearch, patrolTabs } from '../app/routes-patrols.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { FreedPanel } from '../features/patrol/freed-panel.tsx';
import { LoweringsPanel } from '../features/patrol/lowerings-panel.tsx';
import { NewRouteDialog } from '../features/patrol/new-route.tsx';
import css from '../components/matters.module.css';
import { RoundsPanel } from '../features/patrol/rounds-panel.tsx';
import { RoutesPanel } from '../features/patrol/routes-panel.tsx';

/** Rounds that somebody walks: their routes, how they went, and where a sensor spares some. */
export default function PatrolsPage() {
  const { t } = useText();
  useTitle(t('patrol.title'));
  const search = useSearch({ from: '/shell/patrols' });
  const navigate = useNavigate();
  const { acting } = useMe();
  const seesMany = useSeesMany();
  const mayManage = useMay('patrol.manage');
  const [isNew, setNew] = useState(false);
  const tab = search.tab ?? 'routes';
  const change = (part: PatrolsSearch): void => {
    void navigate({ ...url.patrols({ ...search, ...part }), replace: true });
  };
  useLive((message) => {
    if (message.type === 'inbox') return;
    const isOurs = message.type !== 'change' || /^(?:patrol_|device\.)/.test(message.change.kind);
    if (isOurs) void queryClient.invalidateQueries({ queryKey: queryKeys.patrols });
  });
  const compounds = ownCompounds(acting);
  const only = compounds.length === 1 ? compounds[0]?.id : undefined;
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('patrol.title')}</h1>
        <Segmented
          label={t('patrol.tab')}
          isLabelHidden
          value={tab}
          options={patrolTabs.map((value) => ({ value, label: t(`patrol.tabs.${value}`) }))}
          onChange={(value) => {
            change({ tab: value });
          }}
        />
        {seesMany && (
          <ScopePicker
            className={css.scope ?? ''}
            label={t('patrol.scope')}
            isLabelHidden
            value={search.scope}
            onChange={(scope) => {
              change({ scope });
            }}
          />
        )}
        {mayManage && tab === 'routes' && (
          <Button
            variant="primary"
            onPress={() => {
              setNew(true);
            }}
          >
            {t('patrol.new')}
          </Button>
        )}
      </header>
      {tab === 'routes' && (
        <>
          <p className={css.quiet}>{t('patrol.intro')}</p>
          <RoutesPanel scopeId={search.scope} />
        </>
      )}
      {tab === 'rounds' && (
        <RoundsPanel
          search={search}
          onState={(state) => {
            change({ state });
          }}
        />
      )}
      {tab === 'lowerings' && <LoweringsPanel scopeId={search.scope} />}
      {tab === 'freed' && <FreedPanel scopeId={search.scope} />}
      {isNew && (
        <NewRouteDialog
          scopeId={search.scope ?? only}
          onClose={() => {
            setNew(false);
          }}
        />
      )}
    </div>
  );
}
