import { Button } from '@gongzhi/ui/Button.tsx';
import { Segmented } from '@gongzhi/ui/Choice.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { useState } from 'react';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { PhotoPicker } from '../photos/PhotoPicker.tsx';
import { useTray } from '../photos/useTray.ts';
import { useMe } from '../session/me.ts';
import type { SheetProps } from './WorkPanel.tsx';
import css from './working.module.css';

type Word = 'yes' | 'no' | 'not_applicable';

/** Point by point before dangerous work; a single no stops it and calls the desk. Kept on the phone until it is sent. */
export function SafetySheet({ order, sheet, submit, onClose }: SheetProps) {
  const { t, locale } = useWords();
  const me = useMe();
  const name = `${me.account.id}:${order.id}:safety`;
  const draft = useDraft(name, me.account.id, () => ({ answers: {} as Record<string, Word> }));
  const tray = useTray(name, me.account.id, order.scopeId);
  const [lacks, setLacks] = useState<string | null>(null);
  const lists = sheet.safety?.lists ?? [];
  const points = lists.flatMap((list) =>
    list.items.map((item) => ({ list, item, key: `${list.code}/${item.code}` })),
  );
  const { answers } = draft.value;
  const shown = points.filter(({ item, key }) => item.needsPhoto && answers[key] === 'yes');
  const isStop = points.some(({ key }) => answers[key] === 'no');
  const isOpen = sheet.safety?.state === 'needed';
  const send = async (): Promise<void> => {
    if (points.some(({ key }) => answers[key] === undefined)) return setLacks(t('mobile.safety.missing'));
    if (shown.length !== tray.photos.length)
      return setLacks(t('mobile.safety.photosMissing', { count: shown.length }));
    setLacks(null);
    const done = await submit(
      {
        action: 'answer_safety',
        answers: points.map(({ list, item, key }) => ({
          list: list.code,
          item: item.code,
          answer: answers[key] ?? 'no',
        })),
        photoIds: [],
      },
      tray.tray,
    );
    if (!done) return;
    await Promise.all([draft.clear(), tray.tray.clear()]);
    onClose();
  };
  return (
    <Sheet
      title={t('mobile.working.safety')}
      isOpen
      onOpenChange={onClose}
      footer={
        isOpen ? (
          <Button variant={isStop ? 'danger' : 'primary'} size="large" isWide onPress={() => void send()}>
            {t(isStop ? 'mobile.safety.stop' : 'mobile.safety.submit')}
          </Button>
        ) : undefined
      }
    >
      {isOpen ? (
        <p>{t('mobile.safety.intro')}</p>
      ) : (
        <p>{t(`safetyStates.${sheet.safety?.state ?? 'none'}`)}</p>
      )}
      {lists.map((list) => (
        <section
          key={list.code}
          className={css.form}
          aria-label={locale === 'en' ? list.nameEn : list.nameZh}
        >
          <h3>{locale === 'en' ? list.nameEn : list.nameZh}</h3>
          {list.items.map((item) => {
            const key = `${list.code}/${item.code}`;
            const label = locale === 'en' ? item.en : item.zh;
            const given = sheet.safety?.answers.find(
              (one) => one.list === list.code && one.item === item.code,
            );
            if (!isOpen)
              return (
                <p key={key}>
                  {label} {given !== undefined && <strong>{t(`safetyAnswers.${given.answer}`)}</strong>}
                </p>
              );
            return (
              <Segmented<Word | ''>
                key={key}
                label={label}
                value={answers[key] ?? ''}
                onChange={(word) => {
                  if (word !== '') draft.change({ answers: { ...answers, [key]: word } });
                }}
                options={[
                  { value: 'yes', label: t('safetyAnswers.yes') },
                  { value: 'no', label: t('safetyAnswers.no') },
                  ...(item.mayNotApply
                    ? [{ value: 'not_applicable' as const, label: t('safetyAnswers.not_applicable') }]
                    : []),
                ]}
              />
            );
          })}
          <p className={css.quiet}>
            {t('mobile.safety.source', { source: list.source })}{' '}
            {list.isFromMemory && t('mobile.safety.fromMemory')}
          </p>
        </section>
      ))}
      {isOpen && shown.length > 0 && (
        <PhotoPicker
          tray={tray.tray}
          photos={tray.photos}
          label={t('mobile.safety.photos', {
            count: shown.length,
            items: shown.map(({ item }) => (locale === 'en' ? item.en : item.zh)).join('; '),
          })}
        />
      )}
      {lacks !== null && (
        <p className={css.error} role="alert">
          {lacks}
        </p>
      )}
    </Sheet>
  );
}
