import { notify, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { type ProjectCommand, type ProjectDetail, preventionApi, preventionKeys } from './api.ts';

export type Asked = { readonly action: ProjectCommand['action']; readonly stepNo?: number };

/** What each act wants to know; a name alone is asked for, with a mark it may be left out. */
const wants: Readonly<Record<Asked['action'], readonly string[]>> = {
  accept: ['cause?'],
  decline: ['reason'],
  add_step: ['what', 'owner', 'dueOn'],
  finish_step: ['note?'],
  drop_step: ['reason'],
  finish: ['workDone', 'cause?'],
  take_up_again: ['reason'],
};

/** One act on a project, asked for what it needs. What is typed stays until it was taken. */
export function Ask({
  project,
  asked,
  onClose,
}: {
  project: ProjectDetail;
  asked: Asked;
  onClose: () => void;
}) {
  const { t } = useText();
  const { action, stepNo } = asked;
  const [draft, setDraft] = useState({
    cause: project.cause ?? '',
    reason: '',
    what: '',
    owner: '',
    dueOn: '',
    note: '',
    workDone: '',
  });
  const change = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const { isBusy, error, send } = useSend();
  const staff = useQuery({
    queryKey: queryKeys.staff(project.scopeId),
    queryFn: () => api.staff(project.scopeId),
    enabled: action === 'add_step',
  });
  const names = wants[action];
  const isWhole = names.every(
    (name) => name.endsWith('?') || draft[name as keyof typeof draft].trim() !== '',
  );
  const asks = (name: keyof typeof draft): boolean => names.includes(name) || names.includes(`${name}?`);

  const submit = async (): Promise<void> => {
    const optional = (name: 'cause' | 'note') =>
      asks(name) && draft[name].trim() !== '' ? { [name]: draft[name].trim() } : {};
    const body = {
      action,
      expectedVersion: project.version,
      ...(stepNo === undefined ? {} : { stepNo }),
      ...(asks('reason') ? { reason: draft.reason } : {}),
      ...(asks('workDone') ? { workDone: draft.workDone } : {}),
      ...(action === 'add_step' ? { what: draft.what, ownerAccountId: draft.owner, dueOn: draft.dueOn } : {}),
      ...optional('cause'),
      ...optional('note'),
    } as ProjectCommand;
    const done = await send(body, (key) => preventionApi.command(project.scopeId, project.id, body, key));
    if (done === undefined) {
      // Somebody else may have moved it: what is shown behind the form is read again.
      void queryClient.invalidateQueries({ queryKey: preventionKeys.project(project.id) });
      return;
    }
    queryClient.setQueryData(preventionKeys.project(project.id), done);
    void queryClient.invalidateQueries({ queryKey: preventionKeys.all });
    notify(t('prevention.saved'));
    onClose();
  };

  const field = (name: 'cause' | 'reason' | 'what' | 'note' | 'workDone', most: number) =>
    asks(name) && (
      <TextField
        label={
          names.includes(name) || name === 'note'
            ? t(`prevention.${name}`)
            : t('console.optional', { label: t(`prevention.${name}`) })
        }
        rows={name === 'workDone' ? 4 : 2}
        maxLength={most}
        value={draft[name]}
        onChange={(value) => {
          change({ [name]: value });
        }}
      />
    );

  return (
    <FormDialog
      title={t(`prevention.actions.${action}`)}
      send={t(`prevention.actions.${action}`)}
      isWhole={isWhole}
      isBusy={isBusy}
      error={error}
      onSend={submit}
      onClose={onClose}
    >
      {field('workDone', 1_000)}
      {field('cause', 500)}
      {field('reason', 500)}
      {field('what', 300)}
      {asks('owner') && (
        <Select
          label={t('prevention.owner')}
          placeholder={t('prevention.ownerChoose')}
          options={(staff.data?.items ?? []).map((one) => ({
            value: one.accountId,
            label: `${one.displayName} · ${one.title}`,
          }))}
          value={draft.owner}
          onChange={(owner) => {
            change({ owner });
          }}
        />
      )}
      {asks('dueOn') && (
        <TextField
          label={t('prevention.dueOn')}
          type="date"
          value={draft.dueOn}
          onChange={(dueOn) => {
            change({ dueOn });
          }}
        />
      )}
      {field('note', 500)}
    </FormDialog>
  );
}
