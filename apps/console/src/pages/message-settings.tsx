import { ErrorState, MessageSettings, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { problemText } from '../app/errors.ts';
import { queryClient, queryKeys } from '../app/query.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import css from './deliveries.module.css';

/** By which ways, in which order and at which hours I am told things. */
export default function MessageSettingsPage() {
  const text = useText();
  const { t, tk, locale } = text;
  useTitle(t('messages.title'));
  const settings = useQuery({ queryKey: queryKeys.messageSettings, queryFn: api.messageSettings });
  const take = (next: NonNullable<typeof settings.data>): void => {
    queryClient.setQueryData(queryKeys.messageSettings, next);
  };
  return (
    <div className={css.narrow}>
      <h1 className={css.title}>{t('messages.title')}</h1>
      <p className={css.intro}>{t('messages.intro')}</p>
      {settings.isPending && <Skeleton label={t('common.loading')} lines={6} isCard />}
      {settings.isError && (
        <ErrorState text={problemText(settings.error, text)} onRetry={() => void settings.refetch()} />
      )}
      {settings.data !== undefined && (
        <MessageSettings
          settings={settings.data}
          say={(key, params = {}) => tk(key, params)}
          sentenceOf={(error) => problemText(error, text)}
          onSave={async (wish) => {
            take(await api.setMessageSettings(wish));
          }}
          onEnter={async (channel, address) => {
            const { masked } = await api.enterMessageAddress(channel, address, locale);
            await queryClient.invalidateQueries({ queryKey: queryKeys.messageSettings });
            return masked;
          }}
          onConfirm={async (channel, code) => {
            take(await api.confirmMessageAddress(channel, code));
          }}
          onForget={async (channel) => {
            take(await api.removeMessageAddress(channel));
          }}
        />
      )}
    </div>
  );
}
