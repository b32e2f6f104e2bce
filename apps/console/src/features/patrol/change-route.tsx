import { Button, Dialog, notify, Select, TextField } from '@gongzhi/ui';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Body } from '../../api-types.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { type Checkpoint, patrolApi, type Route } from './api.ts';
import css from '../../components/matters.module.css';
import { blankPoint, isWholePoint, PointFields, pointBody, useDevices } from './point-fields.tsx';
import { timetableBody, timetableDraft, TimetableFields } from './timetable-fields.tsx';

/** What is being changed: a route's times, its checkpoints, or one checkpoint's sensor; or something is given up. */
export type Change =
  | { readonly kind: 'retime' | 'add_checkpoint' | 'retire' }
  | { readonly kind: 'watch' | 'give_up'; readonly checkpoint: Checkpoint };

type RouteCommand = Body<'commandPatrolRoute'>;
type CheckpointCommand = Body<'commandPatrolCheckpoint'>;

export function ChangeDialog({
  route,
  change,
  onClose,
}: {
  route: Route;
  change: Change;
  onClose: () => void;
}) {
  switch (change.kind) {
    case 'retime':
      return <Retime route={route} onClose={onClose} />;
    case 'add_checkpoint':
      return <AddCheckpoint route={route} onClose={onClose} />;
    case 'retire':
      return <GiveUp route={route} checkpoint={null} onClose={onClose} />;
    case 'watch':
      return <Watch route={route} checkpoint={change.checkpoint} onClose={onClose} />;
    case 'give_up':
      return <GiveUp route={route} checkpoint={change.checkpoint} onClose={onClose} />;
  }
}

/** The form around each of them: what it needs is asked for, and what is typed stays until it was taken. */
function ChangeForm({
  title,
  save,
  route,
  bodyOf,
  onClose,
  children,
}: {
  title: string;
  save: string;
  route: Route;
  bodyOf: () => RouteCommand | (CheckpointCommand & { readonly checkpointId: string }) | null;
  onClose: () => void;
  children: (isTried: boolean) => ReactNode;
}) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const formId = useId();
  const [isTried, setTried] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const body = bodyOf();
    if (isBusy || body === null) return;
    const done = await send(body, (key) => {
      if (!('checkpointId' in body)) return patrolApi.commandRoute(route, body, key);
      const { checkpointId, ...command } = body;
      return patrolApi.commandCheckpoint(route.scopeId, checkpointId, command, key);
    });
    // Somebody else may have changed it: what lies behind the form is read again either way.
    void queryClient.invalidateQueries({ queryKey: queryKeys.patrols });
    if (done === undefined) return;
    notify(t('patrol.change.saved'));
    onClose();
  };
  return (
    <Dialog
      title={title}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {save}
          </Button>
        </>
      }
    >
      <form id={formId} className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        {children(isTried)}
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}

interface Part {
  readonly route: Route;
  readonly onClose: () => void;
}

function Retime({ route, onClose }: Part) {
  const { t } = useText();
  const [draft, setDraft] = useState(() => timetableDraft(route.timetable));
  return (
    <ChangeForm
      title={t('patrol.change.retimeTitle', { name: route.label })}
      save={t('patrol.change.retimeSave')}
      route={route}
      onClose={onClose}
      bodyOf={() => {
        const planned = timetableBody(draft);
        return planned === null ? null : { action: 'retime', expectedVersion: route.version, ...planned };
      }}
    >
      {(isTried) => (
        <>
          <p className={css.quiet}>{t('patrol.change.retimeWords')}</p>
          <TimetableFields
            draft={draft}
            isTried={isTried}
            onChange={(part) => {
              setDraft((before) => ({ ...before, ...part }));
            }}
          />
        </>
      )}
    </ChangeForm>
  );
}

function AddCheckpoint({ route, onClose }: Part) {
  const { t } = useText();
  const [point, setPoint] = useState(blankPoint);
  return (
    <ChangeForm
      title={t('patrol.change.addTitle', { name: route.label })}
      save={t('patrol.new.add')}
      route={route}
      onClose={onClose}
      bodyOf={() =>
        isWholePoint(point)
          ? { action: 'add_checkpoint', expectedVersion: route.version, checkpoint: pointBody(point) }
          : null
      }
    >
      {(isTried) => (
        <PointFields
          scopeId={route.scopeId}
          number={route.checkpoints.length + 1}
          point={point}
          need={(isWrong) => (isTried && isWrong ? t('patrol.lower.need') : undefined)}
          onChange={(part) => {
            setPoint((before) => ({ ...before, ...part }));
          }}
        />
      )}
    </ChangeForm>
  );
}

function Watch({ route, checkpoint, onClose }: Part & { checkpoint: Checkpoint }) {
  const { t } = useText();
  const devices = useDevices(route.scopeId);
  const [deviceId, setDevice] = useState(checkpoint.device?.id ?? '');
  const isOther = deviceId !== (checkpoint.device?.id ?? '');
  return (
    <ChangeForm
      title={t('patrol.change.watchTitle', { name: checkpoint.label })}
      save={t('patrol.change.watchSave')}
      route={route}
      onClose={onClose}
      bodyOf={() => ({
        checkpointId: checkpoint.id,
        action: 'watch',
        expectedVersion: checkpoint.version,
        deviceId: deviceId === '' ? null : deviceId,
      })}
    >
      {() => (
        <>
          <Select
            label={t('patrol.new.device')}
            value={deviceId}
            options={[
              { value: '', label: t('patrol.new.none') },
              ...(devices.data?.items ?? []).map((one) => ({ value: one.id, label: one.label })),
            ]}
            onChange={setDevice}
          />
          {isOther && checkpoint.lowering !== null && (
            <p className={css.quiet}>{t('patrol.change.watchEnds')}</p>
          )}
        </>
      )}
    </ChangeForm>
  );
}

/** What was walked stays; from now on nobody is asked to look there. */
function GiveUp({ route, checkpoint, onClose }: Part & { checkpoint: Checkpoint | null }) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  return (
    <ChangeForm
      title={t('patrol.change.giveUpTitle', { name: checkpoint?.label ?? route.label })}
      save={t('patrol.change.giveUp')}
      route={route}
      onClose={onClose}
      bodyOf={() => {
        const words = reason.trim();
        if (words === '') return null;
        return checkpoint === null
          ? { action: 'retire', expectedVersion: route.version, reason: words }
          : {
              checkpointId: checkpoint.id,
              action: 'retire',
              expectedVersion: checkpoint.version,
              reason: words,
            };
      }}
    >
      {(isTried) => (
        <>
          <p>{t(checkpoint === null ? 'patrol.change.giveUpRoute' : 'patrol.change.giveUpPoint')}</p>
          <TextField
            label={t('patrol.change.why')}
            rows={2}
            maxLength={200}
            value={reason}
            onChange={setReason}
            error={isTried && reason.trim() === '' ? t('patrol.lower.need') : undefined}
          />
        </>
      )}
    </ChangeForm>
  );
}
