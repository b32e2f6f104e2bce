import { Button, buttonClass, ErrorState, Skeleton, StatusChip, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { queryClient } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { type Form, formFileUrl, formKeys, formsApi, type Task } from '../features/forms/api.ts';
import { Editor } from '../features/forms/editor.tsx';
import css from '../features/forms/forms.module.css';
import { Tasks } from '../features/forms/tasks.tsx';
import { columnName, formTones } from '../features/forms/words.ts';
import { useSend } from '../features/organisation/use-send.ts';

/** A form of one's office: drafted, then how far it is. */
export default function FormPage() {
  const text = useText();
  const { t } = text;
  const navigate = useNavigate();
  const { formId } = useParams({ from: '/shell/forms/$formId' });
  const { revises } = useSearch({ from: '/shell/forms/$formId' });
  const isNew = formId === 'new';
  const shownId = isNew ? (revises ?? null) : formId;
  const form = useQuery({
    queryKey: formKeys.form(shownId ?? ''),
    queryFn: () => formsApi.form(shownId ?? ''),
    enabled: shownId !== null,
  });
  const catalogue = useQuery({ queryKey: formKeys.catalogue, queryFn: formsApi.catalogue });
  useTitle(isNew ? t('forms.newTitle') : (form.data?.title ?? t('forms.title')));
  const failed = [form, catalogue].find(({ isError }) => isError);
  const isReady = catalogue.isSuccess && (shownId === null || form.isSuccess);
  const drafted = isNew || form.data?.state === 'draft';
  return (
    <div className={css.page}>
      <Link {...url.forms({ view: 'forms' })} className={css.meta ?? ''}>
        {t('forms.back')}
      </Link>
      {failed !== undefined && (
        <ErrorState text={problemText(failed.error, text)} onRetry={() => void failed.refetch()} />
      )}
      {failed === undefined && !isReady && <Skeleton label={t('common.loading')} lines={10} isCard />}
      {isReady && (
        <>
          <header className={css.head}>
            <h1 className={css.title}>{isNew ? t('forms.newTitle') : form.data?.title}</h1>
            {!isNew && form.data !== undefined && (
              <>
                <StatusChip
                  tone={formTones[form.data.state]}
                  word={t(`forms.formStates.${form.data.state}`)}
                />
                <span className={css.meta}>{t('forms.revision', { revision: form.data.revision })}</span>
              </>
            )}
          </header>
          {drafted && (
            <Editor
              key={formId}
              form={isNew ? null : (form.data ?? null)}
              begins={isNew ? (form.data ?? null) : null}
              catalogue={catalogue.data}
              onSaved={({ id }) => void navigate({ ...url.form(id), replace: true })}
            />
          )}
          {!drafted && form.data !== undefined && <Published form={form.data} />}
        </>
      )}
    </div>
  );
}

function Published({ form }: { form: Form }) {
  const text = useText();
  const { t, locale } = text;
  const [state, setState] = useState<Task['state'] | null>(null);
  const [isWithdrawing, setWithdrawing] = useState(false);
  return (
    <>
      <section className={css.section}>
        <p className={css.line}>
          <span>{t('forms.asked', { authority: form.authority, documentNo: form.documentNo })}</span>
          <span>{t(`forms.subjects.${form.subject}`)}</span>
          <span>{t('forms.period', { from: form.periodFrom, to: form.periodTo })}</span>
          <span>{t('forms.due', { date: form.dueOn })}</span>
        </p>
        {form.withdrawReason !== null && <p>{t('forms.withdrawn', { reason: form.withdrawReason })}</p>}
        <p>
          <span className={css.meta}>{t('forms.columns')}</span>{' '}
          {form.columns.map((column) => columnName(column, text)).join(' · ')}
        </p>
        <div className={css.line}>
          <a className={buttonClass('secondary')} href={formFileUrl(form.id, 'xlsx', locale)} download>
            {t('forms.download')}
          </a>
          <Link {...url.form('new', { revises: form.id })} className={buttonClass('secondary')}>
            {t('forms.revise')}
          </Link>
          {form.state === 'published' && (
            <Button
              onPress={() => {
                setWithdrawing(true);
              }}
            >
              {t('forms.withdraw')}
            </Button>
          )}
        </div>
      </section>
      <h2 className={css.heading}>{t('forms.progress')}</h2>
      <Tasks
        formId={form.id}
        state={state}
        onState={(chosen) => {
          setState(chosen ?? null);
        }}
      />
      {isWithdrawing && (
        <Withdraw
          form={form}
          onClose={() => {
            setWithdrawing(false);
          }}
        />
      )}
    </>
  );
}

function Withdraw({ form, onClose }: { form: Form; onClose: () => void }) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const { isBusy, error, send } = useSend();
  const body = { action: 'withdraw', expectedVersion: form.version, reason: reason.trim() } as const;
  return (
    <FormDialog
      title={t('forms.withdraw')}
      send={t('forms.withdraw')}
      isWhole={body.reason !== ''}
      isBusy={isBusy}
      error={error}
      onSend={async () => {
        const taken = await send(body, (key) => formsApi.command(form.id, body, key));
        void queryClient.invalidateQueries({ queryKey: formKeys.all });
        if (taken !== undefined) onClose();
      }}
      onClose={onClose}
    >
      <p className={css.words}>{t('forms.withdrawWords')}</p>
      <TextField label={t('forms.reason')} value={reason} maxLength={300} onChange={setReason} />
    </FormDialog>
  );
}
