import { Button, Checkbox, Dialog, Select, TextField } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { useSaving } from '../rules/use-saving.ts';
import { open311Api, open311Keys, type Question, type Service } from './api.ts';
import css from './open311.module.css';
import {
  draftOf,
  emptyQuestion,
  isList,
  type Kind,
  kinds,
  type QuestionDraft,
  questionOf,
} from './questions.ts';

/** What a service says of itself, and what it asks whoever reports. */
export function ServiceForm({ scopeId, of, onClose }: { scopeId: string; of: Service; onClose: () => void }) {
  const { t, named } = useText();
  const saving = useSaving();
  const formId = useId();
  const [zh, setZh] = useState(of.descriptionZh);
  const [en, setEn] = useState(of.descriptionEn);
  const [drafts, setDrafts] = useState<readonly QuestionDraft[]>(() => of.attributes.map(draftOf));
  const [isTried, setTried] = useState(false);
  const checked = drafts.map(questionOf);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    const attributes = checked.filter((one): one is Question => typeof one !== 'string');
    if (saving.isBusy || attributes.length < checked.length) return;
    const { isPublished, version } = of;
    const body = { isPublished, descriptionZh: zh, descriptionEn: en, attributes, expectedVersion: version };
    if (!(await saving.run(() => open311Api.saveService(scopeId, of.code, body, newKey())))) return;
    await queryClient.invalidateQueries({ queryKey: open311Keys.services(scopeId) });
    onClose();
  };
  return (
    <Dialog
      title={t('open311.service.title', { name: named({ zh: of.nameZh, en: of.nameEn }) })}
      isOpen
      isAlert
      onOpenChange={onClose}
      className={css.dialog ?? ''}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={saving.isBusy}>
            {t('open311.service.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <div className={css.pair}>
          <TextField label={t('open311.service.zh')} rows={2} maxLength={500} value={zh} onChange={setZh} />
          <TextField label={t('open311.service.en')} rows={2} maxLength={500} value={en} onChange={setEn} />
        </div>
        <h3 className={css.heading}>{t('open311.service.questions')}</h3>
        {drafts.map((draft, at) => (
          <QuestionFields
            // oxlint-disable-next-line react/no-array-index-key -- questions have no other name while they are typed
            key={at}
            draft={draft}
            wrong={isTried && typeof checked[at] === 'string' ? checked[at] : null}
            refused={saving.fault(`attributes/${at}`)}
            onChange={(part) => {
              setDrafts((before) => before.map((one, i) => (i === at ? { ...one, ...part } : one)));
            }}
            onRemove={() => {
              setDrafts((before) => before.filter((_, i) => i !== at));
            }}
          />
        ))}
        {drafts.length < 20 && (
          <p>
            <Button
              size="small"
              icon={Plus}
              onPress={() => {
                setDrafts((before) => [...before, emptyQuestion]);
              }}
            >
              {t('open311.service.question.add')}
            </Button>
          </p>
        )}
        {saving.error !== null && (
          <p className={css.error} role="alert">
            {saving.error}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function QuestionFields({
  draft,
  wrong,
  refused,
  onChange,
  onRemove,
}: {
  draft: QuestionDraft;
  /** What keeps it from being sent. */
  wrong: 'code' | 'words' | 'options' | null;
  /** What the server said of it. */
  refused: string | undefined;
  onChange: (part: Partial<QuestionDraft>) => void;
  onRemove: () => void;
}) {
  const { t } = useText();
  const missing = (value: string): string | undefined =>
    wrong === 'words' && value.trim() === '' ? t('open311.service.question.missing') : undefined;
  return (
    <fieldset className={css.question}>
      <legend className="gz-hidden">{draft.code}</legend>
      <div className={css.asked}>
        <TextField
          label={t('open311.service.question.code')}
          maxLength={40}
          value={draft.code}
          error={wrong === 'code' ? t('open311.service.question.codeWrong') : refused}
          onChange={(code) => {
            onChange({ code });
          }}
        />
        <Select
          label={t('open311.service.question.type')}
          options={kinds.map((value) => ({ value, label: t(`open311.datatypes.${value}`) }))}
          value={draft.kind}
          onChange={(kind) => {
            onChange({ kind: kind as Kind });
          }}
        />
        {draft.kind !== 'shown' && (
          <Checkbox
            isSelected={draft.isRequired}
            onChange={(isRequired) => {
              onChange({ isRequired });
            }}
          >
            {t('open311.service.question.required')}
          </Checkbox>
        )}
        <Button size="small" variant="quiet" icon={Trash2} onPress={onRemove}>
          {t('open311.service.question.remove')}
        </Button>
      </div>
      <div className={css.pair}>
        <TextField
          label={t('open311.service.question.zh')}
          maxLength={200}
          value={draft.zh}
          error={missing(draft.zh)}
          onChange={(zh) => {
            onChange({ zh });
          }}
        />
        <TextField
          label={t('open311.service.question.en')}
          maxLength={200}
          value={draft.en}
          error={missing(draft.en)}
          onChange={(en) => {
            onChange({ en });
          }}
        />
        <TextField
          label={t('open311.service.question.hintZh')}
          maxLength={200}
          value={draft.hintZh}
          onChange={(hintZh) => {
            onChange({ hintZh });
          }}
        />
        <TextField
          label={t('open311.service.question.hintEn')}
          maxLength={200}
          value={draft.hintEn}
          onChange={(hintEn) => {
            onChange({ hintEn });
          }}
        />
      </div>
      {isList(draft.kind) && (
        <TextField
          label={t('open311.service.question.values')}
          rows={3}
          value={draft.options}
          error={wrong === 'options' ? t('open311.service.question.valuesWrong') : undefined}
          onChange={(options) => {
            onChange({ options });
          }}
        />
      )}
    </fieldset>
  );
}
