import { Button, ErrorState, TextField, ToneIcon, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { Section } from '../orders/section.tsx';
import type { SectionProps } from '../orders/sections.ts';
import { open311Api, type Publication } from './api.ts';
import css from './open311.module.css';
import { Sender } from './sender.tsx';

/** The server writes what is public a moment after what happened. */
const SOON_MS = 2_000;
const LATER_MS = 20_000;

/** What strangers read of the order, in words that somebody here answers for; and what other software sent about it. */
export default function OrderPublic({ order }: SectionProps) {
  const text = useText();
  const { t } = text;
  const may = useMay('open311.publication');
  const queryKey = [...queryKeys.order(order.id), 'open311'];
  const found = useQuery({
    queryKey,
    queryFn: () => open311Api.publication(order.scopeId, order.id),
    enabled: may,
    refetchInterval: ({ state: { data } }) =>
      data?.hiddenBecause === 'pending' ? SOON_MS : data?.isPublic === true ? LATER_MS : false,
  });
  if (!may || found.isPending) return null;
  if (found.isError)
    return (
      <Section id="open311" title={t('open311.panel.title')}>
        <ErrorState text={problemText(found.error, text)} onRetry={() => void found.refetch()} />
      </Section>
    );
  const { data } = found;
  return (
    <Section id="open311" title={t('open311.panel.title')}>
      {data.hiddenBecause === null ? (
        <Told data={data} order={order} onSaved={(saved) => queryClient.setQueryData(queryKey, saved)} />
      ) : (
        <p className={css.meta}>{t(`open311.panel.${data.hiddenBecause}`)}</p>
      )}
      {data.submission !== null && <Sent of={data.submission} order={order} />}
      {data.updates.length > 0 && <Updates of={data.updates} />}
    </Section>
  );
}

type Named = Pick<SectionProps, 'order'>;

function Told({
  data,
  order,
  onSaved,
}: Named & { data: Publication; onSaved: (saved: Publication) => void }) {
  const { t, tk, when } = useText();
  const now = useNow();
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <p className={css.named}>
        <ToneIcon tone="moving" size="1.1em" />
        {t('open311.panel.public', { id: data.requestId ?? '' })}
      </p>
      <dl className={css.facts}>
        <dt>{t('open311.panel.standing')}</dt>
        <dd>{tk(`open311.words.${data.word}`)}</dd>
        <dt>{t('open311.panel.place')}</dt>
        <dd>{data.address}</dd>
      </dl>
      {isEditing ? (
        <TextForm
          data={data}
          order={order}
          onSaved={onSaved}
          onClose={() => {
            setEditing(false);
          }}
        />
      ) : (
        <>
          <p className={css.meta}>{t('open311.panel.text')}</p>
          {data.publicText === null ? (
            <p className={css.meta}>{t('open311.panel.text.none')}</p>
          ) : (
            <>
              <p className={css.words}>{data.publicText}</p>
              {data.approvedByName !== null && data.approvedAt !== null && (
                <p className={css.meta}>
                  {t('open311.panel.approved', {
                    name: data.approvedByName,
                    when: when(data.approvedAt, now),
                  })}
                </p>
              )}
            </>
          )}
          <p>
            <Button
              size="small"
              onPress={() => {
                setEditing(true);
              }}
            >
              {t('open311.panel.text.edit')}
            </Button>
          </p>
        </>
      )}
    </>
  );
}

function TextForm({
  data,
  order,
  onSaved,
  onClose,
}: Named & { data: Publication; onSaved: (saved: Publication) => void; onClose: () => void }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [words, setWords] = useState(data.publicText ?? '');
  const save = async (publicText: string | null): Promise<void> => {
    const body = { publicText, expectedVersion: data.version };
    const saved = await send(body, (key) => open311Api.approve(order.scopeId, order.id, body, key));
    if (saved === undefined) {
      // Somebody else may have written meanwhile; what was typed here stays.
      await queryClient.invalidateQueries({ queryKey: [...queryKeys.order(order.id), 'open311'] });
      return;
    }
    onSaved(saved);
    onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (words.trim() !== '' && !isBusy) void save(words.trim());
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <TextField
        label={t('open311.panel.text')}
        description={t('open311.panel.text.hint')}
        rows={4}
        maxLength={1_000}
        value={words}
        onChange={setWords}
        error={error}
      />
      <p className={css.buttons}>
        <Button type="submit" variant="primary" size="small" isBusy={isBusy} isDisabled={words.trim() === ''}>
          {t('open311.panel.text.save')}
        </Button>
        {data.publicText !== null && (
          <Button size="small" isDisabled={isBusy} onPress={() => void save(null)}>
            {t('open311.panel.text.withdraw')}
          </Button>
        )}
        <Button size="small" variant="quiet" onPress={onClose}>
          {t('open311.panel.text.cancel')}
        </Button>
      </p>
    </form>
  );
}

function Media({ urls }: { urls: readonly string[] }) {
  const { t } = useText();
  if (urls.length === 0) return null;
  return (
    <div>
      <p className={css.meta}>{t('open311.panel.media')}</p>
      <ul className={css.links}>
        {urls.map((address) => (
          <li key={address}>
            <a href={address} target="_blank" rel="noreferrer noopener nofollow">
              {address}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Sent({ of, order }: Named & { of: NonNullable<Publication['submission']> }) {
  const { t, when } = useText();
  const now = useNow();
  const point =
    of.latitude === null || of.longitude === null
      ? null
      : `${of.latitude.toFixed(5)}, ${of.longitude.toFixed(5)}`;
  const given = [of.addressString, of.addressId, point].filter((part) => part !== null);
  return (
    <div className={css.sent}>
      <p>{t('open311.panel.sent', { name: of.clientName, when: when(of.receivedAt, now) })}</p>
      <dl className={css.facts}>
        <dt>{t('open311.panel.given')}</dt>
        <dd>{given.join(' · ')}</dd>
        <dt>{t('open311.panel.sender')}</dt>
        <dd>{of.sender ?? t('open311.panel.sender.none')}</dd>
      </dl>
      {of.sender !== null && <Sender scopeId={order.scopeId} orderId={order.id} />}
      <Media urls={of.mediaUrls} />
    </div>
  );
}

function Updates({ of }: { of: Publication['updates'] }) {
  const { t, when } = useText();
  const now = useNow();
  return (
    <div className={css.sent}>
      <p className={css.meta}>{t('open311.panel.updates')}</p>
      <ul className={css.links}>
        {of.map((one) => (
          <li key={`${one.receivedAt} ${one.clientName}`}>
            {t('open311.panel.sent', { name: one.clientName, when: when(one.receivedAt, now) })}
            {one.status !== null && <> · {t('open311.panel.says', { status: one.status })}</>}
            {one.sender !== null && <> · {one.sender}</>}
            <Media urls={one.mediaUrls} />
          </li>
        ))}
      </ul>
    </div>
  );
}
