import { Card } from '@gongzhi/ui/Card.tsx';
import { MessageSettings } from '@gongzhi/ui/MessageSettings.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import css from './MePage.module.css';

const KEY = ['message-settings'];

/** By which ways, in which order and at which hours I am told things. */
export default function MessageSettingsPage() {
  const words = useWords();
  const { t, tKey, locale } = words;
  const client = useQueryClient();
  const settings = useQuery({ queryKey: KEY, queryFn: api.messageSettings });
  const take = (next: NonNullable<typeof settings.data>): void => {
    client.setQueryData(KEY, next);
  };
  return (
    <>
      <PageHead title={t('messages.title')} back={url.me()} />
      <p className={css.quiet}>{t('messages.intro')}</p>
      {settings.data === undefined ? (
        settings.error === null ? (
          <Skeleton lines={6} isCard label={t('common.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, settings.error)}
            {...traceOf(settings.error)}
            onRetry={() => {
              void settings.refetch();
            }}
          />
        )
      ) : (
        <Card label={t('messages.title')}>
          <MessageSettings
            settings={settings.data}
            say={(key, params = {}) => tKey(key, params, 'common.unknown')}
            sentenceOf={(error) => problemSentence(words, error)}
            onSave={async (wish) => {
              take(await api.setMessageSettings(wish));
            }}
            onEnter={async (channel, address) => {
              const { masked } = await api.enterMessageAddress(channel, address, locale);
              await client.invalidateQueries({ queryKey: KEY });
              return masked;
            }}
            onConfirm={async (channel, code) => {
              take(await api.confirmMessageAddress(channel, code));
            }}
            onForget={async (channel) => {
              take(await api.removeMessageAddress(channel));
            }}
          />
        </Card>
      )}
    </>
  );
}
