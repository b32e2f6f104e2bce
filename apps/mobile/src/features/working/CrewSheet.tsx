import { Button } from '@gongzhi/ui/Button.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { Select } from '@gongzhi/ui/Select.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useWords } from '../../app/words.ts';
import { can, type SheetProps } from './WorkPanel.tsx';
import css from './working.module.css';

/** Who works on it too. */
export function CrewSheet({ order, sheet, submit, onClose }: SheetProps) {
  const { t } = useWords();
  const [who, setWho] = useState('');
  const mayAdd = can(sheet, 'add_helper');
  const staff = useQuery({
    queryKey: ['candidates', order.id],
    queryFn: () => api.candidates(order.scopeId, order.id),
    enabled: mayAdd,
  });
  const here = sheet.crew.filter(({ leftAt }) => leftAt === null).map(({ accountId }) => accountId);
  const others = (staff.data?.items ?? []).filter(
    ({ accountId, role, mayBeSent }) =>
      // Whom the order's own rules refuse is not offered.
      mayBeSent && accountId !== order.assigneeAccountId && role === 'worker' && !here.includes(accountId),
  );
  return (
    <Sheet title={t('mobile.working.crew')} isOpen onOpenChange={onClose}>
      <ul className={css.list}>
        {sheet.crew.map((one) => (
          <li key={one.id} className={css.line}>
            <span>
              {one.name}
              <span className={css.quiet}> {one.title}</span>
            </span>
            <span className={css.quiet}>
              {t(
                one.leftAt !== null
                  ? 'mobile.crew.gone'
                  : one.arrivedAt !== null
                    ? 'mobile.crew.here'
                    : 'mobile.crew.called',
              )}
            </span>
            {one.leftAt === null && can(sheet, 'remove_helper') && (
              <Button
                size="small"
                onPress={() => void submit({ action: 'remove_helper', accountId: one.accountId })}
              >
                {t('workingActions.remove_helper')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayAdd && (
        <div className={css.form}>
          <Select
            label={t('mobile.crew.add')}
            placeholder={t('mobile.say.choosePerson')}
            value={who}
            onChange={setWho}
            options={others.map((one) => ({
              value: one.accountId,
              label: t('mobile.say.candidate', {
                name: one.displayName,
                title: one.title,
                count: one.openOrders,
              }),
            }))}
          />
          <Button
            isWide
            isDisabled={who === ''}
            onPress={() =>
              void submit({ action: 'add_helper', accountId: who }).then((isDone) => {
                if (isDone) setWho('');
              })
            }
          >
            {t('workingActions.add_helper')}
          </Button>
        </div>
      )}
    </Sheet>
  );
}
