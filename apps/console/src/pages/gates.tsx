import { Button, EmptyState, Segmented } from '@gongzhi/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DoorOpen } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../app/live.tsx';
import { queryClient, queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { type GatesSearch, gateTabs } from '../app/routes-gates.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ownCompounds, ScopePicker, useSeesMany } from '../components/scope-picker.tsx';
import { Certificate } from '../features/gates/certificate.tsx';
import { DestroyedPanel } from '../features/gates/destroyed-panel.tsx';
import { FollowUpsPanel } from '../features/gates/follow-ups-panel.tsx';
import { GateForm } from '../features/gates/gate-form.tsx';
import css from '../features/gates/css.ts';
import { GatesPanel } from '../features/gates/gates-panel.tsx';
import { MeasureForm } from '../features/gates/measure-form.tsx';
import { MeasuresPanel } from '../features/gates/measures-panel.tsx';
import { OpeningsPanel } from '../features/gates/openings.tsx';
import { PassagesPanel } from '../features/gates/passages-panel.tsx';
import { TracingPanel } from '../features/gates/tracing-panel.tsx';

/** Gates, the measures at them, and who went through. */
export default function GatesPage() {
  const { t } = useText();
  useTitle(t('gates.title'));
  const search = useSearch({ from: '/shell/gates' });
  const navigate = useNavigate();
  const { acting } = useMe();
  const seesMany = useSeesMany();
  const mayManage = useMay('gate.manage');
  const mayCheck = useMay('gate.check');
  const mayOrder = useMay('gate.order_measures');
  const mayRead = useMay('passage.read');
  const mayFollow = useMay('follow_up.read');
  const mayTrace = useMay('tracing.read');
  const mayDo: Partial<Record<(typeof gateTabs)[number], boolean>> = {
    passages: mayRead,
    followUps: mayFollow,
    tracing: mayTrace,
  };
  const [isNew, setNew] = useState<'gate' | 'measure'>();
  const tab = search.tab ?? 'gates';
  const compounds = ownCompounds(acting);
  const scope = search.scope ?? (compounds.length === 1 ? compounds[0]?.id : undefined);
  const change = (part: GatesSearch): void => {
    void navigate({ ...url.gates({ ...search, ...part }), replace: true });
  };
  useLive((message) => {
    if (message.type === 'inbox') return;
    const isOurs =
      message.type !== 'change' ||
      /^(?:gate|gate_opening|measure|follow_up|tracing)\./.test(message.change.kind);
    if (isOurs) void queryClient.invalidateQueries({ queryKey: queryKeys.gates });
  });
  const needsPlace = scope === undefined && tab !== 'gates' && tab !== 'measures';
  if (tab === 'destroyed' && scope !== undefined && search.certificate !== undefined)
    return (
      <div className={css.page}>
        <Certificate
          scopeId={scope}
          id={search.certificate}
          onClose={() => {
            change({ certificate: undefined });
          }}
        />
      </div>
    );
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('gates.title')}</h1>
        <Segmented
          label={t('gates.tab')}
          isLabelHidden
          value={tab}
          options={gateTabs
            .filter((value) => mayDo[value] ?? true)
            .map((value) => ({ value, label: t(`gates.tabs.${value}`) }))}
          onChange={(value) => {
            change({ tab: value });
          }}
        />
        {seesMany && (
          <ScopePicker
            className={css.scope ?? ''}
            label={t('gates.compound')}
            isLabelHidden
            value={search.scope}
            onChange={(next) => {
              change({ scope: next, gate: undefined });
            }}
          />
        )}
        {tab === 'gates' && mayManage && (
          <Button
            variant="primary"
            onPress={() => {
              setNew('gate');
            }}
          >
            {t('gates.new')}
          </Button>
        )}
        {tab === 'measures' && mayOrder && (
          <Button
            variant="primary"
            onPress={() => {
              setNew('measure');
            }}
          >
            {t('gates.measures.new')}
          </Button>
        )}
      </header>
      {needsPlace && (
        <EmptyState icon={DoorOpen} title={t('gates.chooseCompound')} text={t('gates.chooseCompoundWords')} />
      )}
      {tab === 'gates' && mayCheck && <OpeningsPanel scopeId={scope} />}
      {tab === 'gates' && <GatesPanel scopeId={scope} showsScope={seesMany} />}
      {tab === 'measures' && <MeasuresPanel scopeId={scope} showsScope={seesMany} />}
      {tab === 'passages' && scope !== undefined && (
        <PassagesPanel scopeId={scope} search={search} change={change} />
      )}
      {tab === 'followUps' && scope !== undefined && <FollowUpsPanel scopeId={scope} />}
      {tab === 'tracing' && scope !== undefined && <TracingPanel scopeId={scope} />}
      {tab === 'destroyed' && scope !== undefined && (
        <DestroyedPanel
          scopeId={scope}
          onOpen={(certificate) => {
            change({ certificate });
          }}
        />
      )}
      {isNew === 'gate' && (
        <GateForm
          scopeId={scope}
          onClose={() => {
            setNew(undefined);
          }}
        />
      )}
      {isNew === 'measure' && (
        <MeasureForm
          scopeId={scope}
          onClose={() => {
            setNew(undefined);
          }}
        />
      )}
    </div>
  );
}
