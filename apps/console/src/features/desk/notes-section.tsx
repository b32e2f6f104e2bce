import { Button, Checkbox, IconButton, Skeleton, TextField, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useQuery } from '@tanstack/react-query';
import { Pin, PinOff, Trash2 } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { deskApi, deskKeys, type Note } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { Section } from '../orders/section.tsx';
import type { SectionProps } from '../orders/sections.ts';
import css from './notes.module.css';

/** What the desk keeps in mind about this order and this household; residents and workers never read it. */
export default function NotesSection({ order }: SectionProps) {
  const text = useText();
  const { t } = text;
  const may = useMay('note.use');
  const key = deskKeys.notes(order.id);
  const notes = useQuery({
    queryKey: key,
    queryFn: () =>
      deskApi.notes({
        scopeId: order.scopeId,
        orderId: order.id,
        ...(order.householdId === null ? {} : { householdId: order.householdId }),
      }),
    enabled: may,
  });
  const [draft, change, clear] = useDraft(`note.${order.id}`, {
    text: '',
    isAboutHome: false,
    isPinned: false,
  });
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const intent = useRef<{ words: string; key: string } | null>(null);
  if (!may) return null;

  const run = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await act();
      await queryClient.invalidateQueries({ queryKey: ['notes'] });
      return true;
    } catch (problem) {
      setError(problemText(problem, text));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy || draft.text.trim() === '') return;
    const isHome = draft.isAboutHome && order.householdId !== null;
    const body = {
      scopeId: order.scopeId,
      subject: isHome ? ('household' as const) : ('order' as const),
      subjectId: isHome ? (order.householdId ?? order.id) : order.id,
      text: draft.text.trim(),
      isPinned: draft.isPinned,
    };
    const words = JSON.stringify(body);
    // Sent again after a lost answer, it is the same note.
    if (intent.current?.words !== words) intent.current = { words, key: newKey() };
    const own = intent.current.key;
    if (await run(() => deskApi.addNote(body, own))) {
      intent.current = null;
      clear();
    }
  };
  const items = notes.data?.items ?? [];
  return (
    <Section id="notes" title={t('desk.notes')} count={items.length}>
      {notes.isPending && <Skeleton label={t('common.loading')} lines={1} />}
      {items.length > 0 && (
        <ul className={css.notes}>
          {items.map((note) => (
            <NoteItem
              key={note.id}
              note={note}
              onChange={(what) => void run(() => deskApi.changeNote(order.scopeId, note.id, what))}
            />
          ))}
        </ul>
      )}
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('desk.notes.add')}
          isLabelHidden
          placeholder={t('desk.notes.placeholder')}
          rows={draft.text === '' ? 1 : 2}
          maxLength={1000}
          value={draft.text}
          onChange={(words) => {
            change({ text: words });
          }}
        />
        {draft.text !== '' && (
          <>
            {order.householdId !== null && (
              <Checkbox
                isSelected={draft.isAboutHome}
                onChange={(isAboutHome) => {
                  change({ isAboutHome });
                }}
              >
                {t('desk.notes.household')}
              </Checkbox>
            )}
            <Checkbox
              isSelected={draft.isPinned}
              onChange={(isPinned) => {
                change({ isPinned });
              }}
            >
              {t('desk.notes.pin')}
            </Checkbox>
            <Button type="submit" size="small" variant="primary" isBusy={isBusy}>
              {t('desk.notes.write')}
            </Button>
          </>
        )}
        {error !== null && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Section>
  );
}

function NoteItem({
  note,
  onChange,
}: {
  note: Note;
  onChange: (change: 'pin' | 'unpin' | 'remove') => void;
}) {
  const { t, when } = useText();
  const now = useNow();
  return (
    <li className={css.note} data-pinned={note.isPinned}>
      <p className={css.words}>{note.text}</p>
      <p className={css.meta}>
        {note.subject === 'household' && <span className={css.tag}>{t('desk.notes.ofHousehold')}</span>}
        <span>{note.authorName}</span>
        <time dateTime={note.at}>{when(note.at, now)}</time>
        <span className={css.tools}>
          <IconButton
            icon={note.isPinned ? PinOff : Pin}
            label={note.isPinned ? t('desk.notes.unpin') : t('desk.notes.pin')}
            onPress={() => {
              onChange(note.isPinned ? 'unpin' : 'pin');
            }}
          />
          {note.isMine && (
            <IconButton
              icon={Trash2}
              label={t('desk.notes.remove')}
              onPress={() => {
                onChange('remove');
              }}
            />
          )}
        </span>
      </p>
    </li>
  );
}
