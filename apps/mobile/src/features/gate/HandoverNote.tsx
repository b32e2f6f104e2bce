import { formatWhen } from '@gongzhi/i18n/mobile-app.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import css from './gate.module.css';
import type { PostView } from './post-types.ts';

/** What one shift leaves to the next. What is typed stays on the phone until it has arrived. */
export function HandoverNote({ view }: { view: PostView }) {
  const words = useWords();
  const { t, locale } = words;
  const me = useMe();
  const now = useNow();
  const client = useQueryClient();
  const [intent] = useState(() => new Intent<{ text: string }>());
  const { scopeId = '', gateId = '', gateName = '' } = view.device ?? {};
  const draft = useDraft(`${me.account.id}:gate-note:${gateId}`, me.account.id, () => ({ text: '' }));
  const notes = useQuery({
    queryKey: ['gate-notes', scopeId, gateId],
    queryFn: () => api.gateNotes(scopeId, gateId),
    enabled: gateId !== '',
  });
  const write = useMutation({
    mutationFn: () => {
      const body = { text: draft.value.text.trim() };
      return intent.send(
        [gateId, body],
        () => body,
        (same, key) => api.writeGateNote(scopeId, gateId, same, key),
      );
    },
    onSuccess: async () => {
      await draft.clear();
      notify(t('mobile.gate.note.sent'));
      void client.invalidateQueries({ queryKey: ['gate-notes'] });
    },
  });
  const last = notes.data?.items[0];
  return (
    <section className={css.section}>
      <h3 className={css.heading}>{t('mobile.gate.note.title')}</h3>
      {notes.data !== undefined && (
        <div>
          <p className={css.quiet}>
            {t(last === undefined ? 'mobile.gate.note.none' : 'mobile.gate.note.last')}
          </p>
          {last !== undefined && (
            <>
              <p>{last.text}</p>
              <p className={css.quiet}>
                {t('mobile.gate.note.by', { name: last.byName, when: formatWhen(locale, last.at, now) })}
              </p>
            </>
          )}
        </div>
      )}
      {draft.isReady && (
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (draft.value.text.trim() !== '') write.mutate();
          }}
        >
          <TextField
            label={t('mobile.gate.note.write')}
            description={t('mobile.gate.note.text', { gate: gateName })}
            rows={3}
            maxLength={500}
            value={draft.value.text}
            onChange={(text) => {
              draft.change({ text });
            }}
            error={write.error === null ? undefined : problemSentence(words, write.error)}
          />
          <Button
            type="submit"
            size="large"
            isBusy={write.isPending}
            isDisabled={draft.value.text.trim() === ''}
          >
            {t('mobile.gate.note.submit')}
          </Button>
        </form>
      )}
    </section>
  );
}
