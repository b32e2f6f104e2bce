import { notify } from '@gongzhi/ui';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Order } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { Photos } from '../orders/photos.tsx';
import { Section } from '../orders/section.tsx';
import type { SectionProps } from '../orders/sections.ts';
import { workingApi } from './api.ts';
import { Ask } from './ask.tsx';
import { Charge } from './charge.tsx';
import { Contractors } from './contractors.tsx';
import { Hands } from './hands.tsx';
import { type Act, can, Part, type PartProps } from './part.tsx';
import css from './working.module.css';

/** What it costs and who agreed, who works on it, what is awaited, what was checked, who came from outside. */
export default function OrderWorking({ order, onChanged }: SectionProps) {
  const text = useText();
  const { t } = text;
  const sheet = useQuery({
    queryKey: [...queryKeys.order(order.id), 'sheet'],
    queryFn: () => workingApi.sheet(order.scopeId, order.id),
  });
  const [intent] = useState(() => new Intent<Act>());
  const send = useMutation({
    mutationFn: (act: Act) =>
      intent.send(
        // On whichever version it is pressed again: what had not been heard of may have arrived.
        { ...act, expectedVersion: 0 },
        () => act,
        (same, key) => workingApi.act(order.scopeId, order.id, same, key),
      ),
    onSuccess: (answer) => {
      queryClient.setQueryData([...queryKeys.order(order.id), 'sheet'], answer.sheet);
      queryClient.setQueryData(queryKeys.order(order.id), answer.order);
      void queryClient.invalidateQueries({ queryKey: queryKeys.timeline(order.id) });
      onChanged(answer.order);
    },
    onError: (error) => {
      void queryClient.invalidateQueries({ queryKey: queryKeys.order(order.id) });
      notify(problemText(error, text), { tone: 'late', isLasting: true });
    },
  });
  if (sheet.data === undefined) return null;
  const run: PartProps['run'] = (act) =>
    send.mutateAsync(act).then(
      () => true,
      () => false,
    );
  const props = { order, sheet: sheet.data, run };
  return (
    <Section id="working" title={t('working.title')}>
      <div className={css.parts}>
        <Charge {...props} />
        <Pictures order={order} />
        <Hands {...props} />
        <Safety {...props} />
        <Contractors {...props} />
      </div>
    </Section>
  );
}

function Pictures({ order }: { order: Order }) {
  const { t } = useText();
  if (order.beforePhotos.length === 0) return null;
  return (
    <div className={css.pair}>
      <Part name={t('working.photosBefore')}>
        <Photos scopeId={order.scopeId} photos={order.beforePhotos} label={t('working.photosBefore')} />
      </Part>
      <Part name={t('working.photosAfter')}>
        <Photos scopeId={order.scopeId} photos={order.workPhotos} label={t('working.photosAfter')} />
      </Part>
    </div>
  );
}

function Safety({ order, sheet, run }: PartProps) {
  const { t, tk, named } = useText();
  const { safety } = sheet;
  if (safety === null || safety.state === 'none') return null;
  return (
    <Part name={t('working.safety')}>
      <p>{tk(`safetyStates.${safety.state}`)}</p>
      <ul className={css.list}>
        {safety.lists.flatMap((list) =>
          list.items.map((item) => {
            const given = safety.answers.find((one) => one.list === list.code && one.item === item.code);
            return (
              given !== undefined && (
                <li key={`${list.code}/${item.code}`}>
                  {named({ zh: item.zh, en: item.en })} <strong>{tk(`safetyAnswers.${given.answer}`)}</strong>{' '}
                  <span className={css.quiet}>
                    {given.byName} {given.words}
                  </span>
                </li>
              )
            );
          }),
        )}
      </ul>
      {can(sheet, 'reset_safety') && (
        <Ask
          open={tk('workingActions.reset_safety')}
          label={t('working.reason')}
          onSay={(reason) => run({ action: 'reset_safety', reason, expectedVersion: order.version })}
        />
      )}
    </Part>
  );
}
