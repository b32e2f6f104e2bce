import { Button, Checkbox, cx, Dialog, Icon, IconButton, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { BookmarkPlus, Pencil, Users } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { deskApi, deskKeys, type SavedFilter } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { type DeskSearch, url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import columnCss from '../orders/queues-column.module.css';
import css from './desk.module.css';

/** The part of the address that a saved queue keeps. */
function kept(search: DeskSearch): SavedFilter['query'] {
  const { order: _, in: __, saved: ___, q: ____, ...query } = search;
  return { queue: 'open', ...query } as SavedFilter['query'];
}

/** One's own queues and the desk's, with live counts, under the built-in ones. */
export function SavedFilters({ search }: { search: DeskSearch }) {
  const { t, number } = useText();
  const may = useMay('desk.tools');
  const filters = useQuery({
    queryKey: deskKeys.filters,
    queryFn: deskApi.filters,
    enabled: may,
    refetchInterval: 60_000,
  });
  const [editing, setEditing] = useState<SavedFilter | 'new' | null>(null);
  if (!may) return null;
  const items = filters.data?.items ?? [];
  const limit = filters.data?.countLimit ?? 0;
  return (
    <section className={css.saved} aria-label={t('desk.saved')}>
      <h2 className={css.savedHead}>{t('desk.saved')}</h2>
      <ul className={columnCss.list}>
        {items.map((filter) => (
          <li key={filter.id} className={css.savedRow}>
            <Link
              {...url.desk({ ...filter.query, saved: filter.id })}
              className={cx(columnCss.queue, css.savedLink, search.saved === filter.id && columnCss.chosen)}
              aria-current={search.saved === filter.id ? 'true' : undefined}
            >
              <span className={columnCss.name}>{filter.name}</span>
              {filter.isShared && (
                <span title={t('desk.saved.shared')}>
                  <Icon of={Users} size={14} />
                  <span className="gz-hidden">{t('desk.saved.shared')}</span>
                </span>
              )}
              <span className={columnCss.count}>
                {filter.count >= limit
                  ? t('desk.saved.many', { count: number(limit) })
                  : number(filter.count)}
              </span>
            </Link>
            <IconButton
              icon={Pencil}
              label={t('desk.saved.edit', { name: filter.name })}
              onPress={() => {
                setEditing(filter);
              }}
            />
          </li>
        ))}
      </ul>
      <Button
        icon={BookmarkPlus}
        size="small"
        variant="quiet"
        onPress={() => {
          setEditing('new');
        }}
      >
        {t('desk.saved.add')}
      </Button>
      {editing !== null && (
        <FilterDialog
          filter={editing === 'new' ? null : editing}
          search={search}
          last={items.length}
          onClose={() => {
            setEditing(null);
          }}
        />
      )}
    </section>
  );
}

function FilterDialog({
  filter,
  search,
  last,
  onClose,
}: {
  filter: SavedFilter | null;
  search: DeskSearch;
  last: number;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const navigate = useNavigate();
  const [name, setName] = useState(filter?.name ?? '');
  const [isShared, setShared] = useState(filter?.isShared ?? false);
  const [position, setPosition] = useState(String((filter?.position ?? last) + 1));
  const [isReplaced, setReplaced] = useState(filter === null);
  const [version, setVersion] = useState(filter?.version ?? 0);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [id] = useState(() => filter?.id ?? crypto.randomUUID());

  const run = async (act: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await act();
      await queryClient.invalidateQueries({ queryKey: deskKeys.filters });
      onClose();
    } catch (problem) {
      setError(problemText(problem, text));
      // Somebody else changed it: what is typed stays, and saving again is meant.
      const { params } = problem as { params?: { version?: unknown } };
      if (typeof params?.version === 'number') setVersion(params.version);
    } finally {
      setBusy(false);
    }
  };
  const save = (event?: FormEvent): void => {
    event?.preventDefault();
    if (isBusy || name.trim() === '') return;
    const query = isReplaced || filter === null ? kept(search) : filter.query;
    void run(async () => {
      await deskApi.saveFilter(id, {
        name: name.trim(),
        isShared,
        query,
        position: Math.min(999, Math.max(0, (Number.parseInt(position, 10) || 1) - 1)),
        expectedVersion: version,
      });
      if (isReplaced) await navigate(url.desk({ ...query, saved: id }));
    });
  };
  return (
    <Dialog
      title={filter === null ? t('desk.saved.add') : t('desk.saved.edit', { name: filter.name })}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <>
          {filter !== null && (
            <Button
              variant="danger"
              isDisabled={isBusy}
              onPress={() => {
                void run(() => deskApi.removeFilter(filter.id));
              }}
            >
              {t('desk.saved.remove')}
            </Button>
          )}
          <Button variant="primary" isBusy={isBusy} isDisabled={name.trim() === ''} onPress={() => save()}>
            {t('desk.save')}
          </Button>
        </>
      }
    >
      <form className={css.form} onSubmit={save}>
        <TextField label={t('desk.saved.name')} value={name} maxLength={30} onChange={setName} />
        <TextField
          label={t('desk.saved.position')}
          value={position}
          inputMode="numeric"
          maxLength={3}
          onChange={setPosition}
        />
        <Checkbox isSelected={isShared} onChange={setShared}>
          {t('desk.saved.share')}
        </Checkbox>
        {filter !== null && (
          <Checkbox isSelected={isReplaced} onChange={setReplaced}>
            {t('desk.saved.replace')}
          </Checkbox>
        )}
        {error !== null && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}
