import { Button, buttonClass } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Checkbox, RadioGroup, Segmented } from '@gongzhi/ui/Choice.tsx';
import { Dialog } from '@gongzhi/ui/Dialog.tsx';
import { notify } from '@gongzhi/ui/notices.ts';
import { Avatar } from '@gongzhi/ui/Status.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api } from '../api.ts';
import type { Locale, Me } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence } from '../app/problems.ts';
import { Link, navigate } from '../app/router.tsx';
import { url } from '../app/routes.ts';
import { database, forgetAccount } from '../app/store.ts';
import { forgetKeys } from '../features/passage/keys.ts';
import { useWords } from '../app/words.ts';
import { homeOf, takeMe, useMe } from '../features/session/me.ts';
import css from './MePage.module.css';

export default function MePage() {
  const { t } = useWords();
  const me = useMe();
  const client = useQueryClient();
  useEffect(() => {
    // Capacities come and go: a consent given or withdrawn meanwhile is seen here.
    void client.invalidateQueries({ queryKey: ['me'] });
  }, [client]);
  return (
    <>
      <PageHead title={t('mobile.me.title')} />
      <Card label={t('mobile.me.who')} className={css.who ?? ''}>
        <Avatar name={me.account.displayName} size="large" />
        <div>
          <p className={css.name}>{me.account.displayName}</p>
          <p className={css.quiet}>{me.account.phoneMasked}</p>
        </div>
      </Card>
      <Memberships me={me} />
      <Preferences me={me} />
      <Link to={url.family()} className={buttonClass('secondary', 'medium', true)}>
        {t('family.link')}
      </Link>
      <Link to={url.messageSettings()} className={buttonClass('secondary', 'medium', true)}>
        {t('messages.title')}
      </Link>
      <Link to={url.myData()} className={buttonClass('secondary', 'medium', true)}>
        {t('myData.title')}
      </Link>
      <SignOut me={me} />
      {me.mode === 'demo' && <p className={css.quiet}>{t('common.demoNotice')}</p>}
    </>
  );
}

/** One person may be a resident here and a worker there; only one of them acts at a time. */
function Memberships({ me }: { me: Me }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (membershipId: string) => api.act(membershipId),
    onSuccess: (next) => {
      takeMe(client, next);
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      navigate(homeOf(next.acting.role), { isReplacing: true });
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const named = (one: Me['acting']): { label: string; description?: string } => {
    const homes = one.households.map(({ label }) => label).join(t('common.listSeparator'));
    if (one.onBehalf !== null)
      return { label: t('family.for', { name: one.onBehalf.name }), description: homes };
    return {
      label: t('mobile.me.membership', { role: t(`roles.${one.role}`), place: one.scopeName }),
      ...(homes === '' ? {} : { description: homes }),
    };
  };
  if (me.memberships.length === 1 && me.memberships[0]?.id === me.acting.id) {
    const only = named(me.acting);
    return (
      <Card label={t('mobile.me.memberships')}>
        <p>{only.label}</p>
        {only.description !== undefined && <p className={css.quiet}>{only.description}</p>}
      </Card>
    );
  }
  return (
    <Card>
      <RadioGroup
        label={t('mobile.me.actAs')}
        value={me.acting.id}
        isDisabled={act.isPending}
        options={me.memberships.map((one) => ({ value: one.id, ...named(one) }))}
        onChange={(id) => {
          act.mutate(id);
        }}
      />
    </Card>
  );
}

function Preferences({ me }: { me: Me }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const prefer = useMutation({
    mutationFn: api.prefer,
    onSuccess: (next) => {
      takeMe(client, next);
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  return (
    <Card label={t('mobile.me.preferences')}>
      <Segmented<Locale>
        label={t('mobile.me.language')}
        value={me.account.locale}
        isDisabled={prefer.isPending}
        options={[
          { value: 'zh-CN', label: t('locales.zh-CN') },
          { value: 'en', label: t('locales.en') },
        ]}
        onChange={(locale) => {
          prefer.mutate({ locale });
        }}
      />
      <Checkbox
        isSelected={me.account.isLargeType}
        isDisabled={prefer.isPending}
        onChange={(isLargeType) => {
          prefer.mutate({ isLargeType });
        }}
      >
        {t('mobile.me.largeType')}
      </Checkbox>
    </Card>
  );
}

/** Signing out clears this phone; what was not sent yet is asked about first. */
function SignOut({ me }: { me: Me }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const [ask, setAsk] = useState<{ isEverywhere: boolean; unsent: number } | null>(null);
  const leave = useMutation({
    mutationFn: async (isEverywhere: boolean) => {
      await (isEverywhere ? api.signOutEverywhere() : api.signOut());
      await forgetAccount(me.account.id);
      await forgetKeys(me.account.id);
    },
    onSuccess: () => {
      // A new page: nothing stays in memory for who signs in next.
      client.clear();
      window.location.assign(url.signIn());
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const begin = (isEverywhere: boolean): void => {
    void unsentOf(me.account.id).then((unsent) => {
      if (unsent > 0 || isEverywhere) setAsk({ isEverywhere, unsent });
      else leave.mutate(false);
    });
  };
  return (
    <div className={css.out}>
      <Button icon={LogOut} isWide isBusy={leave.isPending} onPress={() => begin(false)}>
        {t('mobile.me.signOut')}
      </Button>
      <Button variant="quiet" isWide onPress={() => begin(true)}>
        {t('mobile.me.signOutEverywhere')}
      </Button>
      {ask !== null && (
        <Dialog
          title={t(ask.isEverywhere ? 'mobile.me.signOutEverywhere' : 'mobile.me.signOut')}
          isOpen
          isAlert
          onOpenChange={() => setAsk(null)}
          footer={
            <>
              <Button onPress={() => setAsk(null)}>{t('common.cancel')}</Button>
              <Button
                variant="danger"
                isBusy={leave.isPending}
                onPress={() => {
                  leave.mutate(ask.isEverywhere);
                }}
              >
                {t('mobile.me.signOut')}
              </Button>
            </>
          }
        >
          {ask.isEverywhere && <p>{t('mobile.me.everywhereText')}</p>}
          {ask.unsent > 0 && <p>{t('mobile.me.unsentText', { count: ask.unsent })}</p>}
        </Dialog>
      )}
    </div>
  );
}

/** Acts, and among the drafts what was sent off and waits for a line: reports, readings, rounds. */
async function unsentOf(accountId: string): Promise<number> {
  const db = await database();
  const [acts, drafts] = await Promise.all([db?.getAll('outbox') ?? [], db?.getAll('drafts') ?? []]);
  return (
    acts.filter((act) => act.accountId === accountId).length +
    drafts.filter(({ name }) => name.startsWith(`${accountId}:waiting-`)).length
  );
}
