import { Button, Dialog, notify, TextField } from '@gongzhi/ui';
import { type FormEvent, useId, useState } from 'react';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { ScopePicker } from '../../components/scope-picker.tsx';
import { useSend } from '../organisation/use-send.ts';
import { type NewRoute, patrolApi } from './api.ts';
import css from '../../components/matters.module.css';
import { blankPoint, isWholePoint, type Point, PointFields, pointBody } from './point-fields.tsx';
import { timetableBody, timetableDraft, TimetableFields } from './timetable-fields.tsx';

const MOST_POINTS = 60;

/** A route, its times and its checkpoints in the order in which they are walked. */
export function NewRouteDialog({
  scopeId: given,
  onClose,
}: {
  scopeId: string | undefined;
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const formId = useId();
  const [scopeId, setScope] = useState(given);
  const [label, setLabel] = useState('');
  const [draft, setDraft] = useState(() => timetableDraft(null));
  const [points, setPoints] = useState<readonly Point[]>([blankPoint]);
  const [isTried, setTried] = useState(false);
  const need = (isWrong: boolean) => (isTried && isWrong ? t('patrol.lower.need') : undefined);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const planned = timetableBody(draft);
    if (isBusy || scopeId === undefined || planned === null) return;
    if (label.trim() === '' || !points.every(isWholePoint)) return;
    const body: NewRoute = {
      scopeId,
      label: label.trim(),
      ...planned,
      checkpoints: points.map(pointBody),
    };
    const made = await send(body, (key) => patrolApi.layOut(body, key));
    if (made === undefined) return;
    notify(t('patrol.new.saved'));
    void queryClient.invalidateQueries({ queryKey: queryKeys.patrols });
    onClose();
  };
  return (
    <Dialog
      title={t('patrol.new.title')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {t('patrol.new.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        {given === undefined && (
          <ScopePicker label={t('patrol.new.compound')} value={scopeId} onChange={setScope} />
        )}
        <TextField
          label={t('patrol.new.label')}
          maxLength={60}
          value={label}
          onChange={setLabel}
          error={need(label.trim() === '')}
        />
        <TimetableFields
          draft={draft}
          isTried={isTried}
          onChange={(part) => {
            setDraft((before) => ({ ...before, ...part }));
          }}
        />
        {scopeId !== undefined &&
          points.map((point, at) => (
            <PointFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a checkpoint has no name of its own before it is sent
              key={at}
              scopeId={scopeId}
              number={at + 1}
              point={point}
              need={need}
              onChange={(part) => {
                setPoints(points.map((one, index) => (index === at ? { ...one, ...part } : one)));
              }}
              {...(points.length === 1
                ? {}
                : {
                    onRemove: () => {
                      setPoints(points.filter((_, index) => index !== at));
                    },
                  })}
            />
          ))}
        {points.length < MOST_POINTS && (
          <Button
            onPress={() => {
              setPoints([...points, blankPoint]);
            }}
          >
            {t('patrol.new.add')}
          </Button>
        )}
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
