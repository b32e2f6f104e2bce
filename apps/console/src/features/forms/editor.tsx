import { uuidv7 } from '@gongzhi/kernel';
import { Button, Select, TextField } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useState } from 'react';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { AskFirst } from '../../components/ask-first.tsx';
import { useDraft } from '../../components/draft.ts';
import { type Catalogue, type Form, formKeys, formsApi, type Subject } from './api.ts';
import { Columns } from './columns.tsx';
import { bodyOf, type Draft, draftOf, emptyDraft, lacking, ofSubject } from './draft.ts';
import css from './forms.module.css';
import { savesForm } from './save-again.ts';
import { useForm } from './use-form.ts';

const subjects: readonly Subject[] = ['home', 'resident', 'building', 'compound', 'community'];

/** A form being drafted. What is typed stays until it was taken. */
export function Editor({
  form,
  begins,
  catalogue,
  onSaved,
}: {
  /** Null for one that is new. */
  form: Form | null;
  /** The form that this one is the next revision of. */
  begins: Form | null;
  catalogue: Catalogue;
  onSaved: (form: Form) => void;
}) {
  const { t } = useText();
  const [draft, change, clear] = useDraft<Draft>(
    `form.${form === null ? `new.${begins?.id ?? ''}` : `${form.id}.${form.version}`}`,
    form !== null ? draftOf(form) : begins !== null ? draftOf(begins) : emptyDraft,
  );
  // Drawn once: sent again after a lost answer, it is the same form.
  const [id] = useState(() => form?.id ?? uuidv7(Date.now()));
  const [isAsking, setAsking] = useState(false);
  const sending = useForm(lacking(draft), (taken) => {
    clear();
    onSaved(taken);
  });
  const { beside } = sending;
  const revisesId = form === null ? (begins?.id ?? null) : form.revisesId;
  const [saves] = useState(() => savesForm((body) => formsApi.save(id, body)));
  const save = () => saves(bodyOf(draft, form?.version ?? 0, revisesId));
  const edit = (part: Partial<Draft>): void => {
    sending.forget();
    change(part);
  };
  const field = (name: 'title' | 'authority' | 'documentNo', label: string) => (
    <TextField
      label={label}
      value={draft[name]}
      maxLength={80}
      error={beside(`/${name}`)}
      onChange={(value) => {
        edit({ [name]: value });
      }}
    />
  );
  const day = (name: 'periodFrom' | 'periodTo' | 'dueOn', label: string) => (
    <TextField
      label={label}
      type="date"
      value={draft[name]}
      error={beside(`/${name}`)}
      onChange={(value) => {
        edit({ [name]: value });
      }}
    />
  );
  return (
    <>
      <section className={css.section}>
        <div className={css.fields}>
          {field('title', t('forms.name'))}
          {field('authority', t('forms.authority'))}
          {field('documentNo', t('forms.documentNo'))}
          <Select
            label={t('forms.subject')}
            value={draft.subject}
            options={subjects.map((value) => ({ value, label: t(`forms.subjects.${value}`) }))}
            onChange={(value) => {
              const subject = value as Subject;
              const within = (key: string) => catalogue.fields.find((one) => one.key === key)?.within ?? [];
              edit({ subject, columns: ofSubject(draft.columns, subject, within) });
            }}
          />
          {day('periodFrom', t('forms.periodFrom'))}
          {day('periodTo', t('forms.periodTo'))}
          {day('dueOn', t('forms.dueOn'))}
        </div>
      </section>
      <Columns
        draft={draft}
        catalogue={catalogue}
        judged={sending}
        onChange={(columns) => {
          edit({ columns });
        }}
      />
      {sending.problem !== undefined && (
        <p className={css.error} role="alert">
          {sending.problem}
        </p>
      )}
      <div className={css.line}>
        <Button isBusy={sending.isBusy} onPress={() => void sending.send(save, t('forms.saved'))}>
          {t('forms.save')}
        </Button>
        {form !== null && (
          <Button
            variant="primary"
            isBusy={sending.isBusy}
            onPress={() => {
              setAsking(true);
            }}
          >
            {t('forms.publish')}
          </Button>
        )}
      </div>
      {isAsking && (
        <AskFirst
          title={t('forms.publish')}
          words={t('forms.publishWords', {
            place: t(`forms.placeKinds.${draft.subject === 'community' ? 'community' : 'compound'}`),
          })}
          keep={t('common.cancel')}
          act={t('forms.publish')}
          onAct={async () => {
            const key = newKey();
            await sending.send(async () => {
              const saved = await save();
              // Should publishing be refused, it goes on from here.
              queryClient.setQueryData(formKeys.form(id), saved);
              return formsApi.command(id, { action: 'publish', expectedVersion: saved.version }, key);
            }, t('forms.published'));
          }}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
