import { Button, EmptyState, StatusChip, type Tone, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { type Entry, PASSES, passesApi } from './api.ts';
import { EntryDialog } from './entry-dialog.tsx';
import css from './css.ts';
import { WordsDialog } from './words-dialog.tsx';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

const tones: Readonly<Record<Entry['state'], Tone>> = {
  standing: 'late',
  coming: 'waiting',
  over: 'waiting',
  lifted: 'done',
};

type Doing = { readonly what: 'lift' | 'appeal' | 'uphold' | 'reject'; readonly entry: Entry };

/** Who is refused, watched or isolated, each with its reason and its day; and what they say to it. */
export function Lists({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const mayWrite = useMay('gate_list.write');
  const [isAdding, setAdding] = useState(false);
  const [doing, setDoing] = useState<Doing | null>(null);
  const list = useQuery({
    queryKey: [PASSES, 'lists', scopeId],
    queryFn: () => passesApi.entries({ scopeId, limit: 100 }),
  });
  return (
    <>
      <div className={css.tools}>
        <p className={css.note}>{t('passDesk.list.words')}</p>
        {mayWrite && (
          <Button
            variant="primary"
            onPress={() => {
              setAdding(true);
            }}
          >
            {t('passDesk.list.add')}
          </Button>
        )}
      </div>
      <Pending of={list} lines={6} />
      {list.data?.items.length === 0 && <EmptyState icon={ShieldAlert} title={t('passDesk.list.empty')} />}
      {list.data !== undefined && list.data.items.length > 0 && (
        <RecordsTable
          label={t('passDesk.view.lists')}
          heads={[
            { word: t('passDesk.list.subject') },
            { word: t('passDesk.kind') },
            { word: t('passDesk.list.reason') },
            { word: t('passDesk.list.authority') },
            { word: t('passDesk.list.until') },
            { word: t('passDesk.list.appeal') },
            { word: t('passDesk.column.acts') },
          ]}
        >
          {list.data.items.map((entry) => (
            <Row
              key={entry.id}
              entry={entry}
              onDo={(what) => {
                setDoing({ what, entry });
              }}
            />
          ))}
        </RecordsTable>
      )}
      {isAdding && (
        <EntryDialog
          scopeId={scopeId}
          pass={null}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {doing !== null && (
        <Do
          doing={doing}
          onClose={() => {
            setDoing(null);
          }}
        />
      )}
    </>
  );
}

function Row({ entry, onDo }: { entry: Entry; onDo: (what: Doing['what']) => void }) {
  const { t, when, exact } = useText();
  const now = useNow();
  const mayWrite = useMay('gate_list.write');
  const mayAppeal = useMay('gate_list.appeal');
  const mayAnswer = useMay('gate_list.answer');
  const isLive = entry.state === 'standing' || entry.state === 'coming';
  const act = (what: Doing['what'], word: string, why?: string) => (
    <Button
      size="small"
      variant="quiet"
      disabledReason={why}
      onPress={() => {
        onDo(what);
      }}
    >
      {word}
    </Button>
  );
  const own = entry.isOwn ? t('passDesk.list.own') : undefined;
  return (
    <tr>
      <td>{entry.subject}</td>
      <td>{t(`passDesk.list.kind.${entry.kind}`)}</td>
      <td>{entry.reason}</td>
      <td>
        {[entry.authority, entry.documentNo].filter((word) => word !== null).join(' · ')}
        <p className={css.note}>
          {t('passDesk.list.author')} {entry.authorName}
        </p>
      </td>
      <td>
        <time dateTime={entry.endsAt} title={exact(entry.endsAt)}>
          {when(entry.endsAt, now)}
        </time>{' '}
        <StatusChip tone={tones[entry.state]} word={t(`passDesk.list.state.${entry.state}`)} />
        {entry.liftReason !== null && <p className={css.note}>{entry.liftReason}</p>}
      </td>
      <td>
        {t(`passDesk.list.appeal.${entry.appealState}`)}
        {entry.appeal !== null && (
          <p className={css.note}>{t('passDesk.list.says', { words: entry.appeal })}</p>
        )}
        {entry.answer !== null && (
          <p className={css.note}>
            {t('passDesk.list.answered', { name: entry.answeredByName ?? '', words: entry.answer })}
          </p>
        )}
      </td>
      <td>
        <div className={css.acts}>
          {isLive && mayWrite && act('lift', t('passDesk.list.lift'))}
          {isLive && mayAppeal && entry.appealState === 'none' && act('appeal', t('passDesk.list.doAppeal'))}
          {isLive && mayAnswer && entry.appealState === 'open' && (
            <>
              {act('uphold', t('passDesk.list.uphold'), own)}
              {own === undefined && act('reject', t('passDesk.list.reject'))}
            </>
          )}
        </div>
      </td>
    </tr>
  );
}

function Do({ doing: { what, entry }, onClose }: { doing: Doing; onClose: () => void }) {
  const { t } = useText();
  if (what === 'lift')
    return (
      <WordsDialog
        title={t('passDesk.list.lift')}
        label={t('passDesk.reason')}
        act={t('passDesk.list.lift')}
        done={t('passDesk.changed')}
        run={(reason, key) => passesApi.onEntry(entry, 'lift', { reason }, key)}
        onClose={onClose}
      />
    );
  if (what === 'appeal')
    return (
      <WordsDialog
        title={t('passDesk.list.doAppeal')}
        label={t('passDesk.list.appealWords')}
        act={t('passDesk.list.doAppeal')}
        done={t('passDesk.changed')}
        run={(words, key) => passesApi.onEntry(entry, 'appeal', { words }, key)}
        onClose={onClose}
      />
    );
  const isUpheld = what === 'uphold';
  const act = t(isUpheld ? 'passDesk.list.uphold' : 'passDesk.list.reject');
  return (
    <WordsDialog
      title={t('passDesk.list.answer')}
      note={entry.appeal === null ? undefined : t('passDesk.list.says', { words: entry.appeal })}
      label={t('passDesk.list.answerWords')}
      act={act}
      done={t('passDesk.changed')}
      run={(words, key) => passesApi.onEntry(entry, 'answer', { isUpheld, words }, key)}
      onClose={onClose}
    />
  );
}
