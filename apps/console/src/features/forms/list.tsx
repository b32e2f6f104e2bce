import { Button, buttonClass, EmptyState, ErrorState, Icon, Skeleton, StatusChip } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FilePlus2, Plus } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { formKeys, formsApi } from './api.ts';
import css from './forms.module.css';
import { formTones } from './words.ts';

/** The forms of one's own office. */
export function Forms() {
  const text = useText();
  const { t } = text;
  const list = useInfiniteQuery({
    queryKey: formKeys.forms,
    queryFn: ({ pageParam }) =>
      formsApi.forms({ limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const forms = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className={css.line}>
        <Link {...url.form('new')} className={buttonClass('primary')}>
          <Icon of={Plus} />
          {t('forms.new')}
        </Link>
      </div>
      {list.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && forms.length === 0 && (
        <EmptyState icon={FilePlus2} title={t('forms.noForms')} text={t('forms.noFormsWords')} />
      )}
      <ul className={css.list}>
        {forms.map((form) => (
          <li key={form.id} className={css.card}>
            <div className={css.line}>
              <StatusChip tone={formTones[form.state]} word={t(`forms.formStates.${form.state}`)} />
              <Link {...url.form(form.id)} className={css.link ?? ''}>
                {form.title}
              </Link>
              <span className={css.meta}>{t('forms.revision', { revision: form.revision })}</span>
              <span className={css.meta}>{t('forms.due', { date: form.dueOn })}</span>
            </div>
            <span className={css.meta}>
              {t('forms.asked', { authority: form.authority, documentNo: form.documentNo })}
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('forms.more')}
        </Button>
      )}
    </>
  );
}
