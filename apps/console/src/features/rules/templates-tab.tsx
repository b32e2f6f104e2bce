import {
  Button,
  Checkbox,
  Dialog,
  EmptyState,
  ErrorState,
  Segmented,
  Skeleton,
  TextField,
} from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { type AnswerTemplate, deskApi, deskKeys } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { fillTemplate } from '../desk/templates.ts';
import css from './rules.module.css';
import { useSaving } from './use-saving.ts';

const PURPOSES = ['comment', 'callback', 'close'] as const;
const PLACEHOLDERS = ['number', 'matter', 'place', 'worker', 'window', 'due', 'company'] as const;

/** Answers prepared in both languages: one's own, and those of the company above. */
export default function TemplatesTab() {
  const text = useText();
  const { t, named } = text;
  const mayWrite = useMay('template.write');
  const templates = useQuery({ queryKey: deskKeys.templates, queryFn: () => deskApi.templates({}) });
  const [open, setOpen] = useState<AnswerTemplate | 'new' | null>(null);
  if (templates.isPending) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  if (templates.isError)
    return <ErrorState text={problemText(templates.error, text)} onRetry={() => void templates.refetch()} />;
  const { items } = templates.data;
  return (
    <div className={css.main}>
      <div className={css.ask}>
        <p className={css.hint}>{t('desk.templates.hint')}</p>
        {mayWrite && (
          <Button
            variant="primary"
            onPress={() => {
              setOpen('new');
            }}
          >
            {t('desk.templates.add')}
          </Button>
        )}
      </div>
      {items.length === 0 && (
        <EmptyState icon={FileText} title={t('desk.templates.none')} text={t('desk.templates.noneWords')} />
      )}
      <ul className={css.cards}>
        {items.map((one) => (
          <li key={one.id} className={css.card} data-off={!one.isActive}>
            <p className={css.cardHead}>
              <strong>{one.name}</strong>
              <span className={css.tag}>{t(`desk.purpose.${one.purpose}`)}</span>
              {!one.isActive && <span className={css.tag}>{t('desk.templates.off')}</span>}
              {!one.isOwn && <span className={css.tag}>{one.scopeName}</span>}
            </p>
            <p className={css.words}>{named({ zh: one.textZh, en: one.textEn })}</p>
            <p className={css.meta}>
              {t('desk.templates.version', { version: one.version, name: one.changedByName })}
            </p>
            {mayWrite && one.isOwn && (
              <Button
                size="small"
                onPress={() => {
                  setOpen(one);
                }}
              >
                {t('desk.duties.change')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open !== null && (
        <TemplateDialog
          template={open === 'new' ? null : open}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </div>
  );
}

function TemplateDialog({ template, onClose }: { template: AnswerTemplate | null; onClose: () => void }) {
  const { t, exact } = useText();
  const saving = useSaving();
  const [id] = useState(() => template?.id ?? crypto.randomUUID());
  const [draft, setDraft] = useState({
    name: template?.name ?? '',
    purpose: template?.purpose ?? ('comment' as const),
    textZh: template?.textZh ?? '',
    textEn: template?.textEn ?? '',
    isActive: template?.isActive ?? true,
  });
  const change = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const versions = useQuery({
    queryKey: [...deskKeys.templates, id, 'versions'],
    queryFn: () => deskApi.templateVersions(id),
    enabled: template !== null && template.version > 1,
  });
  const save = async (): Promise<void> => {
    const done = await saving.run(async () => {
      await deskApi.saveTemplate(id, { ...draft, expectedVersion: saving.newest ?? template?.version ?? 0 });
      await queryClient.invalidateQueries({ queryKey: deskKeys.templates });
    });
    if (done) onClose();
  };
  const sample = Object.fromEntries(PLACEHOLDERS.map((name) => [name, t(`desk.sample.${name}`)]));
  return (
    <Dialog
      title={template === null ? t('desk.templates.add') : template.name}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      footer={
        <Button variant="primary" isBusy={saving.isBusy} onPress={() => void save()}>
          {saving.newest === null ? t('desk.save') : t('desk.rules.saveAnyway')}
        </Button>
      }
    >
      <div className={css.form}>
        <TextField
          label={t('desk.templates.name')}
          maxLength={40}
          value={draft.name}
          error={saving.fault('name')}
          onChange={(name) => {
            change({ name });
          }}
        />
        <Segmented
          label={t('desk.templates.purpose')}
          options={PURPOSES.map((value) => ({ value, label: t(`desk.purpose.${value}`) }))}
          value={draft.purpose}
          onChange={(purpose) => {
            change({ purpose });
          }}
        />
        {(['textZh', 'textEn'] as const).map((name) => (
          <div key={name} className={css.form}>
            <TextField
              label={t(`desk.templates.${name}`)}
              description={t('desk.templates.placeholders', {
                names: PLACEHOLDERS.join(' '),
              })}
              rows={3}
              maxLength={name === 'textZh' ? 500 : 1000}
              value={draft[name]}
              error={saving.fault(name)}
              onChange={(value) => {
                change({ [name]: value });
              }}
            />
            {draft[name] !== '' && (
              <p className={css.preview} aria-live="polite">
                <span className={css.meta}>{t('desk.templates.preview')}</span>
                {fillTemplate(draft[name], sample).text}
              </p>
            )}
          </div>
        ))}
        <Checkbox
          isSelected={draft.isActive}
          onChange={(isActive) => {
            change({ isActive });
          }}
        >
          {t('desk.templates.active')}
        </Checkbox>
        {saving.error !== null && (
          <p className={css.error} role="alert">
            {saving.error}
          </p>
        )}
        {versions.isSuccess && (
          <details className={css.changed}>
            <summary>{t('desk.rules.versions')}</summary>
            <ul className={css.versions}>
              {versions.data.items.map((one) => (
                <li key={one.version}>
                  <span className={css.tag}>{one.version}</span>
                  <span>{one.textZh}</span>
                  <span className={css.meta}>
                    {one.changedByName} {exact(one.changedAt)}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Dialog>
  );
}
