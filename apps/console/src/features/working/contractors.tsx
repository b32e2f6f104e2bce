import { Button, notify, TextField, useNow } from '@gongzhi/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { type JobSheet, workingApi } from './api.ts';
import { can, Part, type PartProps } from './part.tsx';
import css from './working.module.css';

/** Somebody from outside, by a link for this one order that runs out and can be taken back. */
export function Contractors({ order, sheet, run }: PartProps) {
  const { t, tk } = useText();
  const [isOpen, setOpen] = useState(false);
  const mayInvite = can(sheet, 'invite_contractor');
  if (sheet.contractors.length === 0 && !mayInvite) return null;
  return (
    <Part name={t('working.contractors')}>
      <ul className={css.list}>
        {sheet.contractors.map((link) => (
          <Link key={link.id} order={order} sheet={sheet} run={run} link={link} />
        ))}
      </ul>
      {mayInvite && !isOpen && (
        <div className={css.row}>
          <Button size="small" onPress={() => setOpen(true)}>
            {tk('workingActions.invite_contractor')}
          </Button>
        </div>
      )}
      {isOpen && <Invite order={order} sheet={sheet} run={run} onClose={() => setOpen(false)} />}
    </Part>
  );
}

function Link({ order, sheet, run, link }: PartProps & { link: JobSheet['contractors'][number] }) {
  const text = useText();
  const { t, tk, when } = text;
  const now = useNow();
  const show = useMutation({
    mutationFn: () => workingApi.link(order.scopeId, order.id, link.id),
    onError: (error) => {
      notify(problemText(error, text), { tone: 'late' });
    },
  });
  const address = show.data === undefined ? null : window.location.origin + show.data.path;
  return (
    <li className={css.form}>
      <span>
        {link.contractor} · {tk(`contractorStates.${link.state}`)}{' '}
        <span className={css.quiet}>
          {link.isOpen
            ? t('working.until', { when: when(link.expiresAt, now) })
            : t(link.revokedAt === null ? 'working.expired' : 'working.revoked')}
        </span>
      </span>
      <span className={css.quiet}>{link.task}</span>
      {link.isOpen && (
        <span className={css.row}>
          {address === null ? (
            <Button size="small" isBusy={show.isPending} onPress={() => show.mutate()}>
              {t('working.showLink')}
            </Button>
          ) : (
            <>
              <code className={css.link}>{address}</code>
              <Button
                size="small"
                onPress={() =>
                  void navigator.clipboard.writeText(address).then(() => {
                    notify(t('working.copied'));
                  })
                }
              >
                {t('working.copy')}
              </Button>
            </>
          )}
          {can(sheet, 'revoke_contractor') && (
            <Button
              size="small"
              variant="danger"
              onPress={() =>
                void run({ action: 'revoke_contractor', linkId: link.id, expectedVersion: order.version })
              }
            >
              {tk('workingActions.revoke_contractor')}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

function Invite({ order, run, onClose }: PartProps & { onClose: () => void }) {
  const { t, tk } = useText();
  const [contractor, setContractor] = useState('');
  const [task, setTask] = useState('');
  const [days, setDays] = useState('3');
  const [purpose, setPurpose] = useState('');
  const count = Number(days);
  const isWhole = Number.isInteger(count) && count >= 1 && count <= 30;
  const invite = async (): Promise<void> => {
    const isDone = await run({
      action: 'invite_contractor',
      contractor: contractor.trim(),
      task: task.trim(),
      days: count,
      expectedVersion: order.version,
      ...(purpose.trim() === '' ? {} : { contactPurpose: purpose.trim() }),
    });
    if (isDone) onClose();
  };
  return (
    <div className={css.form}>
      <TextField label={t('working.contractor')} maxLength={60} value={contractor} onChange={setContractor} />
      <TextField label={t('working.task')} rows={2} maxLength={500} value={task} onChange={setTask} />
      <TextField
        label={t('working.days')}
        inputMode="numeric"
        maxLength={2}
        value={days}
        onChange={setDays}
      />
      <TextField label={t('working.contactPurpose')} maxLength={100} value={purpose} onChange={setPurpose} />
      <div className={css.row}>
        <Button
          size="small"
          variant="primary"
          isDisabled={contractor.trim() === '' || task.trim() === '' || !isWhole}
          onPress={() => void invite()}
        >
          {tk('workingActions.invite_contractor')}
        </Button>
        <Button size="small" onPress={onClose}>
          {t('working.cancel')}
        </Button>
      </div>
    </div>
  );
}
