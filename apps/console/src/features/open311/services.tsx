import { Button, Checkbox, ErrorState, notify, Skeleton, TextField, useNow } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { open311Api, open311Keys, type Service, type Services as List } from './api.ts';
import css from './open311.module.css';
import { ServiceForm } from './service-form.tsx';

/** Which matters the street takes from outside and tells of: a box to tick for each, its words behind it. */
export function Services({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t, tk, named, when } = text;
  const now = useNow();
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<Service | null>(null);
  const queryKey = open311Keys.services(scopeId);
  const list = useQuery({ queryKey, queryFn: () => open311Api.services(scopeId) });
  const toggle = useMutation({
    mutationFn: (of: Service) => {
      const { isPublished, descriptionZh, descriptionEn, attributes, version } = of;
      const body = {
        isPublished: !isPublished,
        descriptionZh,
        descriptionEn,
        attributes,
        expectedVersion: version,
      };
      return open311Api.saveService(scopeId, of.code, body, newKey());
    },
    onSuccess: (saved) => {
      queryClient.setQueryData<List>(queryKey, (before) =>
        before === undefined
          ? before
          : { ...before, items: before.items.map((one) => (one.code === saved.code ? saved : one)) },
      );
    },
    onError: (error) => {
      // Somebody else may have been quicker; what stands there now is shown.
      void queryClient.invalidateQueries({ queryKey });
      notify(problemText(error, text), { tone: 'late', isLasting: true });
    },
  });
  if (list.isPending) return <Skeleton label={t('common.loading')} lines={8} isCard />;
  if (list.isError)
    return <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />;
  const { endpoint, jurisdictionId, items } = list.data;
  const wanted = words.trim().toLowerCase();
  const nameOf = ({ nameZh, nameEn }: Service): string => named({ zh: nameZh, en: nameEn });
  const shown = items
    .filter((one) => `${one.nameZh} ${one.nameEn} ${one.code}`.toLowerCase().includes(wanted))
    .sort((a, b) => Number(b.isPublished) - Number(a.isPublished));
  return (
    <>
      <dl className={css.facts}>
        <dt>{t('open311.address')}</dt>
        <dd>
          <code className={css.code}>{endpoint}</code>
        </dd>
        <dt>{t('open311.jurisdiction')}</dt>
        <dd>
          {jurisdictionId === null ? (
            t('open311.jurisdiction.none')
          ) : (
            <code className={css.code}>{jurisdictionId}</code>
          )}
        </dd>
      </dl>
      <section className={css.part} aria-label={t('open311.services')}>
        <div className={css.bar}>
          <h2 className={css.heading}>{t('open311.services')}</h2>
          <span className={css.meta}>
            {t('open311.services.count', { count: items.filter(({ isPublished }) => isPublished).length })}
          </span>
          <TextField
            className={css.find ?? ''}
            label={t('open311.services.filter')}
            isLabelHidden
            placeholder={t('open311.services.filter')}
            type="search"
            value={words}
            onChange={setWords}
          />
        </div>
        {shown.length === 0 ? (
          <p className={css.meta}>{t('open311.services.empty')}</p>
        ) : (
          <ul className={css.rows}>
            {shown.map((one) => (
              <li key={one.code} className={css.service} data-on={one.isPublished}>
                <Checkbox
                  aria-label={t('open311.services.publish', { name: nameOf(one) })}
                  isSelected={one.isPublished}
                  isDisabled={toggle.isPending && toggle.variables.code === one.code}
                  onChange={() => {
                    toggle.mutate(one);
                  }}
                >
                  {nameOf(one)}
                </Checkbox>
                <span className={css.meta}>
                  {tk(`groups.${one.group}`)} · <code>{one.code}</code>
                </span>
                <span className={css.meta}>
                  {t('open311.services.asks', {
                    count: one.attributes.filter(({ isInput }) => isInput).length,
                  })}
                </span>
                <span className={css.meta}>
                  {one.changedByName !== null &&
                    one.changedAt !== null &&
                    t('open311.services.changed', {
                      name: one.changedByName,
                      when: when(one.changedAt, now),
                    })}
                </span>
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={t('open311.services.edit.named', { name: nameOf(one) })}
                  onPress={() => {
                    setOpen(one);
                  }}
                >
                  {t('open311.services.edit')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </section>
      {open !== null && (
        <ServiceForm
          key={open.code}
          scopeId={scopeId}
          of={open}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </>
  );
}
