import { Button, notify, TextField } from '@gongzhi/ui';
import { type FormEvent, useState } from 'react';
import { api } from '../../api.ts';
import type { Grid } from '../../api-types.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './organisation.module.css';
import { useSend } from './use-send.ts';

/** How a compound is laid out in grids: a new one, another name. */
export function GridNew({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const may = useMay('grid.manage');
  const [isOpen, setOpen] = useState(false);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const { isBusy, error, send } = useSend();
  if (!may) return null;
  if (!isOpen)
    return (
      <div className={css.line}>
        <Button
          onPress={() => {
            setOpen(true);
          }}
        >
          {t('gridPlan.new')}
        </Button>
      </div>
    );
  const isWhole = code.trim() !== '' && name.trim() !== '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isWhole || isBusy) return;
    const body = { code: code.trim(), name: name.trim() };
    if ((await send(body, (key) => api.createGrid(scopeId, body, key))) === undefined) return;
    notify(t('gridPlan.created', { name: body.name }));
    void queryClient.invalidateQueries({ queryKey: queryKeys.grids(scopeId) });
    setCode('');
    setName('');
    setOpen(false);
  };
  return (
    <form
      className={css.fields}
      aria-label={t('gridPlan.new')}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <TextField label={t('gridPlan.code')} maxLength={20} value={code} onChange={setCode} error={error} />
      <TextField label={t('gridPlan.name')} maxLength={60} value={name} onChange={setName} />
      <div className={css.line}>
        <Button type="submit" variant="primary" isBusy={isBusy} isDisabled={!isWhole}>
          {t('gridPlan.create')}
        </Button>
        <Button
          onPress={() => {
            setOpen(false);
          }}
        >
          {t('common.back')}
        </Button>
      </div>
    </form>
  );
}

export function GridName({ scopeId, grid }: { scopeId: string; grid: Grid }) {
  const { t } = useText();
  const may = useMay('grid.manage');
  const [name, setName] = useState<string | null>(null);
  const { isBusy, error, send } = useSend();
  if (!may) return null;
  if (name === null)
    return (
      <div className={css.line}>
        <Button
          size="small"
          variant="quiet"
          aria-label={t('gridPlan.renameOf', { name: grid.name })}
          onPress={() => {
            setName(grid.name);
          }}
        >
          {t('gridPlan.rename')}
        </Button>
      </div>
    );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy || name.trim() === '' || name.trim() === grid.name) return;
    const body = { action: 'rename' as const, expectedVersion: grid.version, name: name.trim() };
    const answer = await send(body, (key) => api.commandGrid(scopeId, grid.id, body, key));
    void queryClient.invalidateQueries({ queryKey: queryKeys.grids(scopeId) });
    if (answer === undefined) return;
    notify(t('gridPlan.renamed'));
    setName(null);
  };
  return (
    <form
      className={css.form}
      aria-label={t('gridPlan.renameOf', { name: grid.name })}
      onSubmit={(event) => void submit(event)}
      noValidate
    >
      <TextField label={t('gridPlan.name')} maxLength={60} value={name} onChange={setName} error={error} />
      <div className={css.line}>
        <Button
          type="submit"
          size="small"
          isBusy={isBusy}
          isDisabled={name.trim() === '' || name.trim() === grid.name}
        >
          {t('gridPlan.rename')}
        </Button>
        <Button
          size="small"
          variant="quiet"
          onPress={() => {
            setName(null);
          }}
        >
          {t('common.back')}
        </Button>
      </div>
    </form>
  );
}
