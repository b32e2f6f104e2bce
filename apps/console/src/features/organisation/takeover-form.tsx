import { Button, Dialog, notify, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Answer } from '../../api-types.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useMe } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ScopePicker } from '../../components/scope-picker.tsx';
import { useSend } from './use-send.ts';

type Takeover = Answer<'listTakeovers'>['items'][number];
const KINDS = ['contract', 'handover', 'emergency'] as const;
type Kind = (typeof KINDS)[number];

/** To whom, from when, by whose decision: planned, or changed before its day. */
export function TakeoverForm({ of, onClose }: { of: Takeover | null; onClose: () => void }) {
  const { t } = useText();
  const { acting } = useMe();
  const departments = useQuery({ queryKey: queryKeys.departments, queryFn: api.departments });
  const [scopeId, setScopeId] = useState<string | undefined>(of?.scopeId);
  const [draft, setDraft] = useState({
    toDepartmentId: of?.toDepartment.id ?? '',
    kind: of?.kind ?? (acting.role === 'company' ? 'handover' : 'contract'),
    effectiveOn: of?.effectiveOn ?? '',
    lastDay: of?.lastDay ?? '',
    documentNumber: of?.documentNumber ?? '',
    decidedBy: of?.decidedBy ?? '',
    note: of?.note ?? '',
  });
  const change = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const { isBusy, error, send } = useSend();
  const isWhole =
    scopeId !== undefined &&
    draft.toDepartmentId !== '' &&
    draft.effectiveOn !== '' &&
    draft.documentNumber.trim() !== '' &&
    draft.decidedBy.trim() !== '' &&
    (draft.kind !== 'emergency' || draft.lastDay !== '');

  const submit = async (): Promise<void> => {
    if (scopeId === undefined) return;
    const { note, lastDay, ...rest } = draft;
    const body = {
      ...rest,
      ...(note.trim() === '' ? {} : { note }),
      ...(draft.kind === 'emergency' ? { lastDay } : {}),
    };
    const done = await send(body, (key) =>
      of === null
        ? api.planTakeover(scopeId, body, key)
        : api.commandTakeover(
            scopeId,
            of.id,
            { ...body, action: 'change', expectedVersion: of.version },
            key,
          ),
    );
    if (done === undefined) return;
    notify(t('takeovers.planned'));
    void queryClient.invalidateQueries({ queryKey: queryKeys.takeovers });
    onClose();
  };

  const options = (departments.data?.items ?? []).map((item) => ({
    value: item.id,
    label: `${item.companyName} · ${item.name}`,
  }));
  return (
    <FormDialog
      title={t(of === null ? 'takeovers.plan' : 'takeovers.change')}
      send={t('takeovers.save')}
      isWhole={isWhole}
      isBusy={isBusy}
      error={error}
      onSend={submit}
      onClose={onClose}
    >
      {of === null ? (
        <ScopePicker
          label={t('takeovers.compound')}
          placeholder={t('console.choose')}
          value={scopeId}
          onChange={setScopeId}
        />
      ) : (
        <p>
          <strong>{of.scopeName}</strong>
        </p>
      )}
      <Select
        label={t('takeovers.to')}
        placeholder={t('console.choose')}
        options={options}
        value={draft.toDepartmentId}
        onChange={(toDepartmentId) => {
          change({ toDepartmentId });
        }}
      />
      <Select
        label={t('takeovers.kind')}
        options={KINDS.filter((kind) => kind !== 'emergency' || acting.role !== 'company').map((value) => ({
          value,
          label: t(`takeovers.kind.${value}`),
        }))}
        value={draft.kind}
        onChange={(kind) => {
          change({ kind: kind as Kind });
        }}
      />
      <TextField
        label={t('takeovers.effectiveOn')}
        type="date"
        value={draft.effectiveOn}
        onChange={(effectiveOn) => {
          change({ effectiveOn });
        }}
      />
      {draft.kind === 'emergency' && (
        <TextField
          label={t('takeovers.lastDay')}
          type="date"
          value={draft.lastDay}
          onChange={(lastDay) => {
            change({ lastDay });
          }}
        />
      )}
      <TextField
        label={t('takeovers.document')}
        maxLength={80}
        value={draft.documentNumber}
        onChange={(documentNumber) => {
          change({ documentNumber });
        }}
      />
      <TextField
        label={t('takeovers.decidedBy')}
        maxLength={80}
        value={draft.decidedBy}
        onChange={(decidedBy) => {
          change({ decidedBy });
        }}
      />
      <TextField
        label={t('takeovers.note')}
        rows={2}
        maxLength={500}
        value={draft.note}
        onChange={(note) => {
          change({ note });
        }}
      />
    </FormDialog>
  );
}

export function CancelTakeover({ of, onClose }: { of: Takeover; onClose: () => void }) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const { isBusy, error, send } = useSend();
  const cancel = async (): Promise<void> => {
    const body = { action: 'cancel' as const, expectedVersion: of.version, reason };
    if ((await send(body, (key) => api.commandTakeover(of.scopeId, of.id, body, key))) === undefined) return;
    notify(t('takeovers.cancelled'));
    void queryClient.invalidateQueries({ queryKey: queryKeys.takeovers });
    onClose();
  };
  return (
    <Dialog
      title={t('takeovers.cancel')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button
          variant="danger"
          isBusy={isBusy}
          isDisabled={reason.trim() === ''}
          onPress={() => void cancel()}
        >
          {t('takeovers.cancel')}
        </Button>
      }
    >
      <TextField
        label={t('takeovers.cancelReason')}
        rows={2}
        maxLength={300}
        value={reason}
        onChange={setReason}
        error={error}
      />
    </Dialog>
  );
}
