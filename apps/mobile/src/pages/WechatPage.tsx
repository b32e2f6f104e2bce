import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { ApiProblem } from '@gongzhi/ui/client/index.ts';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { ToneIcon } from '@gongzhi/ui/Status.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BellRing, Unlink } from 'lucide-react';
import { api } from '../api.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { navigate } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { useWords } from '../app/words.ts';
import { useMe } from '../features/session/me.ts';
import css from './WechatPage.module.css';

/** The link of the official account: which WeChat, whose account, and nothing happens before it is confirmed. */
export default function WechatPage({ params }: { params: { token: string } }) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const link = useQuery({
    queryKey: ['wechat-link', params.token],
    queryFn: () => api.wechatLink(params.token),
    retry: false,
  });
  const bind = useMutation({
    mutationFn: () => api.takeWechatLink(params.token),
    onSuccess: () => client.invalidateQueries({ queryKey: ['message-settings'] }),
  });
  const title = t('mobile.wechat.title');
  const head = <PageHead title={title} back={url.home()} />;
  const found = link.data?.link;
  // Words belong to the report page, and their link leads there.
  if (found === null || found?.kind === 'words' || isGone(bind.error))
    return (
      <>
        {head}
        <EmptyState icon={Unlink} title={t('mobile.wechat.gone')} text={t('mobile.wechat.goneText')} />
      </>
    );
  if (found === undefined)
    return (
      <>
        {head}
        {link.error === null ? (
          <Skeleton lines={5} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, link.error)}
            {...traceOf(link.error)}
            onRetry={() => {
              void link.refetch();
            }}
          />
        )}
      </>
    );
  if (bind.data !== undefined)
    return (
      <>
        {head}
        <div role="status">
          <EmptyState
            icon={BellRing}
            title={t('mobile.wechat.done')}
            text={t('mobile.wechat.doneText')}
            action={
              <Button
                onPress={() => {
                  navigate(url.messageSettings());
                }}
              >
                {t('mobile.wechat.settings')}
              </Button>
            }
          />
        </div>
      </>
    );
  return (
    <>
      {head}
      <Card label={t('mobile.wechat.ask')}>
        <p className={css.who}>
          {t('mobile.wechat.who', { address: found.masked ?? '', name: me.account.displayName })}
        </p>
        <p className={css.quiet}>{t('mobile.wechat.what')}</p>
        <p className={css.careful}>
          <ToneIcon tone="due" />
          <span>{t('mobile.wechat.careful')}</span>
        </p>
        {bind.error !== null && (
          <p className={css.careful} role="alert">
            <ToneIcon tone="late" />
            <span>{problemSentence(words, bind.error)}</span>
          </p>
        )}
        <Button
          variant="primary"
          size="large"
          isWide
          isBusy={bind.isPending}
          onPress={() => {
            bind.mutate();
          }}
        >
          {t('mobile.wechat.confirm')}
        </Button>
        <Button
          isWide
          isDisabled={bind.isPending}
          onPress={() => {
            navigate(url.home(), { isReplacing: true });
          }}
        >
          {t('mobile.wechat.refuse')}
        </Button>
      </Card>
    </>
  );
}

const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.code === 'wechat.link_gone';
