import { Button, ErrorState, IconButton, Select, Skeleton, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import css from '../rules/rules.module.css';
import { useSaving } from '../rules/use-saving.ts';
import { callbackApi, type Question, type Script } from './api.ts';

const KINDS = ['yes_no', 'choice', 'text'] as const;
const MOST = 12;
const MOST_OPTIONS = 8;

/** What callers ask beside the three questions of every call; each saving is the next version. */
export function ScriptEditor({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t } = text;
  const script = useQuery({ queryKey: queryKeys.script(scopeId), queryFn: () => api.script(scopeId) });
  if (script.isPending) return <Skeleton label={t('common.loading')} lines={4} isCard />;
  if (script.isError)
    return <ErrorState text={problemText(script.error, text)} onRetry={() => void script.refetch()} />;
  return <Editor key={script.data.version} scopeId={scopeId} script={script.data} />;
}

function Editor({ scopeId, script }: { scopeId: string; script: Script }) {
  const { t, named, exact } = useText();
  const saving = useSaving();
  const [questions, setQuestions] = useState<readonly Question[]>(script.questions);
  const isChanged = JSON.stringify(questions) !== JSON.stringify(script.questions);
  const put = (at: number, part: Partial<Question>): void => {
    setQuestions(questions.map((one, i) => (i === at ? { ...one, ...part } : one)));
  };
  const save = async (): Promise<void> => {
    const isOwn = script.scopeId === scopeId;
    await saving.run(async () => {
      await callbackApi.saveScript({
        scopeId,
        expectedVersion: saving.newest ?? (isOwn ? script.version : 0),
        questions: questions.map(({ options, ...one }) => ({
          ...one,
          textZh: one.textZh.trim(),
          textEn: one.textEn.trim(),
          ...(one.kind === 'choice' && options !== undefined ? { options } : {}),
        })),
      });
      await queryClient.invalidateQueries({ queryKey: ['callback-script'] });
    });
  };
  const isComplete = questions.every(
    ({ textZh, textEn, kind, options = [] }) =>
      textZh.trim() !== '' &&
      textEn.trim() !== '' &&
      (kind !== 'choice' ||
        (options.length >= 2 &&
          options.every((one) => one.textZh.trim() !== '' && one.textEn.trim() !== ''))),
  );
  return (
    <section className={css.box} aria-label={t('callbacks.script')}>
      <h2 className={css.heading}>{t('callbacks.script')}</h2>
      <p className={css.hint}>{t('callbacks.scriptHint')}</p>
      {script.version > 0 && script.writtenAt !== null && (
        <p className={css.meta}>
          {t('callbacks.scriptVersion', {
            version: script.version,
            name: script.writtenName ?? '',
            when: exact(script.writtenAt),
          })}
        </p>
      )}
      {questions.length === 0 && <p className={css.hint}>{t('callbacks.noQuestions')}</p>}
      <ol className={css.questions}>
        {questions.map((question, at) => (
          <li key={question.key} className={css.question}>
            {script.mayWrite ? (
              <>
                <div className={css.asked}>
                  <TextField
                    label={t('callbacks.textZh')}
                    maxLength={200}
                    value={question.textZh}
                    error={saving.fault(`questions/${at}/textZh`)}
                    onChange={(textZh) => put(at, { textZh })}
                  />
                  <TextField
                    label={t('callbacks.textEn')}
                    maxLength={200}
                    value={question.textEn}
                    error={saving.fault(`questions/${at}/textEn`)}
                    onChange={(textEn) => put(at, { textEn })}
                  />
                  <Select
                    label={t('callbacks.kind')}
                    value={question.kind}
                    options={KINDS.map((value) => ({ value, label: t(`callbacks.kind.${value}`) }))}
                    onChange={(value) => {
                      const kind = KINDS.find((one) => one === value);
                      if (kind === undefined) return;
                      put(at, {
                        kind,
                        ...(kind === 'choice' && question.options === undefined
                          ? { options: [newOption([]), newOption([newOption([])])] }
                          : {}),
                      });
                    }}
                  />
                  <span className={css.acts}>
                    <IconButton
                      label={t('callbacks.up', { number: at + 1 })}
                      icon={ArrowUp}
                      isDisabled={at === 0}
                      onPress={() => {
                        setQuestions(
                          questions.with(at - 1, question).with(at, questions[at - 1] as Question),
                        );
                      }}
                    />
                    <IconButton
                      label={t('callbacks.remove', { number: at + 1 })}
                      icon={Trash2}
                      onPress={() => setQuestions(questions.filter((one) => one !== question))}
                    />
                  </span>
                </div>
                {question.kind === 'choice' && (
                  <Options
                    options={question.options ?? []}
                    onChange={(options) => put(at, { options: [...options] })}
                  />
                )}
              </>
            ) : (
              <>
                <span>{named({ zh: question.textZh, en: question.textEn })}</span>
                <span className={css.meta}>
                  {t(`callbacks.kind.${question.kind}`)}{' '}
                  {question.options?.map((one) => named({ zh: one.textZh, en: one.textEn })).join(' / ')}
                </span>
              </>
            )}
          </li>
        ))}
      </ol>
      {saving.error !== null && (
        <p className={css.error} role="alert">
          {saving.error}
        </p>
      )}
      {script.mayWrite && (
        <div className={css.ask}>
          <Button
            size="small"
            icon={Plus}
            isDisabled={questions.length >= MOST}
            onPress={() =>
              setQuestions([
                ...questions,
                { key: freeKey('q', questions), kind: 'yes_no', textZh: '', textEn: '' },
              ])
            }
          >
            {t('callbacks.addQuestion')}
          </Button>
          <Button
            variant="primary"
            isBusy={saving.isBusy}
            isDisabled={!isChanged || !isComplete}
            onPress={() => void save()}
          >
            {saving.newest === null ? t('callbacks.saveScript') : t('desk.rules.saveAnyway')}
          </Button>
        </div>
      )}
    </section>
  );
}

type Option = NonNullable<Question['options']>[number];

function Options({
  options,
  onChange,
}: {
  options: readonly Option[];
  onChange: (options: readonly Option[]) => void;
}) {
  const { t } = useText();
  const put = (at: number, part: Partial<Option>): void =>
    onChange(options.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <ul className={css.options}>
      {options.map((option, at) => (
        <li key={option.key} className={css.asked}>
          <TextField
            label={t('callbacks.optionZh', { number: at + 1 })}
            maxLength={60}
            value={option.textZh}
            onChange={(textZh) => put(at, { textZh })}
          />
          <TextField
            label={t('callbacks.optionEn', { number: at + 1 })}
            maxLength={60}
            value={option.textEn}
            onChange={(textEn) => put(at, { textEn })}
          />
          <span className={css.acts}>
            <IconButton
              label={t('callbacks.removeOption', { number: at + 1 })}
              icon={Trash2}
              isDisabled={options.length <= 2}
              onPress={() => onChange(options.filter((one) => one !== option))}
            />
          </span>
        </li>
      ))}
      <li>
        <Button
          size="small"
          icon={Plus}
          isDisabled={options.length >= MOST_OPTIONS}
          onPress={() => onChange([...options, newOption(options)])}
        >
          {t('callbacks.addOption')}
        </Button>
      </li>
    </ul>
  );
}

const newOption = (among: readonly Option[]): Option => ({
  key: freeKey('o', among),
  textZh: '',
  textEn: '',
});

/** A name nobody sees: answers of old calls are kept under it, so it is never given twice within a version. */
function freeKey(prefix: string, among: readonly { key: string }[]): string {
  for (let number = 1; ; number += 1) {
    const key = `${prefix}${number}`;
    if (!among.some((one) => one.key === key)) return key;
  }
}
