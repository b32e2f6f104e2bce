import { type ComponentType, lazy, Suspense } from 'react';
import { Avatar, Button, cx, useNow } from '@gongzhi/ui';
import type { Order, OrderAction } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import { FieldPast } from '../desk/field-past.tsx';
import { ActionForm } from './action-form.tsx';
import { mainAction, offered, specOf } from './action-specs.ts';
import css from './order-people.module.css';
import type { SectionProps } from './sections.ts';

/** Long forms that few orders need. */
const ownForms: Readonly<
  Record<string, ComponentType<Pick<SectionProps, 'order' | 'onChanged'> & { onClose: () => void }>>
> = {
  split: lazy(async () => ({ default: (await import('../after/split-form.tsx')).SplitForm })),
  move: lazy(async () => ({ default: (await import('../organisation/move-form.tsx')).MoveForm })),
};

/** Who has it, and what one may do now; what one may not stands there too, with the reason. */
export function OrderPeople({ order, action: open, onAction: onOpen, onChanged }: SectionProps) {
  const { t, tk } = useText();
  const { allowed: all, refused } = offered(order.actions);
  // There is only something to take back where somebody linked it by hand.
  const isLinked = order.related.some(({ kind }) => kind === 'relates_to');
  const allowed = all.filter(({ action }) => action !== 'unlink' || isLinked);
  const main = mainAction(allowed);
  const OwnForm = open === null ? undefined : ownForms[open];
  return (
    <section className={css.column} aria-label={t('console.order.people')}>
      <Assignee order={order} />
      <FieldPast order={order} fields={['assigneeAccountId']} />
      {OwnForm !== undefined ? (
        <Suspense fallback={null}>
          <OwnForm
            order={order}
            onClose={() => {
              onOpen(null);
            }}
            onChanged={onChanged}
          />
        </Suspense>
      ) : open !== null && specOf(open) !== undefined ? (
        <ActionForm
          key={`${order.id}.${open}`}
          order={order}
          action={open}
          onClose={() => {
            onOpen(null);
          }}
          onChanged={onChanged}
        />
      ) : (
        <div className={css.actions}>
          <h3 className={css.heading}>{t('console.order.actions')}</h3>
          {allowed.length === 0 && <p className={css.none}>{t('console.order.noActions')}</p>}
          <div className={css.allowed}>
            {allowed.map(({ action }) => (
              <Button
                key={action}
                isWide
                className={cx(action === main && css.main)}
                variant={
                  action === main ? 'primary' : specOf(action)?.isGrave === true ? 'danger' : 'secondary'
                }
                onPress={() => {
                  onOpen(action);
                }}
              >
                {tk(`actions.${action}`)}
                {action === 'assign' && <kbd className={css.key}>a</kbd>}
              </Button>
            ))}
          </div>
          {[...byReason(refused)].map(([reason, actions]) => (
            <div key={reason} className={css.refused}>
              <p id={`why-${order.id}-${reason}`} className={css.why}>
                {tk(`reasons.${reason}`, {}, 'console.order.notNow')}
              </p>
              <div className={css.offs}>
                {actions.map((action) => (
                  <button
                    key={action}
                    type="button"
                    className={css.off}
                    aria-disabled="true"
                    aria-describedby={`why-${order.id}-${reason}`}
                  >
                    {tk(`actions.${action}`)}
                  </button>
                ))}
              </div>
            </div>
          ))}
        </div>
      )}
      <Steps order={order} />
    </section>
  );
}

/** What isn't possible now, gathered under each reason, so that the reason is read once. */
function byReason(refused: readonly OrderAction[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { action, reasonCode } of refused) {
    const reason = reasonCode ?? 'wrong_status';
    groups.set(reason, [...(groups.get(reason) ?? []), action]);
  }
  return groups;
}

function Assignee({ order }: { order: Order }) {
  const { t } = useText();
  if (order.assigneeName === null)
    return (
      <div className={css.person}>
        <span className={css.empty} aria-hidden="true" />
        <p className={css.name}>{t('console.order.unassigned')}</p>
      </div>
    );
  return (
    <div className={css.person}>
      <Avatar name={order.assigneeName} size="medium" />
      <div className={css.words}>
        <p className={css.name}>{order.assigneeName}</p>
        {order.assigneeTitle !== null && <p className={css.meta}>{order.assigneeTitle}</p>}
      </div>
    </div>
  );
}

/** The hands it went through, in order; the last one may still hold it. */
function Steps({ order }: { order: Order }) {
  const { t, tk, when } = useText();
  const now = useNow();
  if (order.steps.length < 2) return null;
  return (
    <div className={css.actions}>
      <h3 className={css.heading}>{t('console.order.steps')}</h3>
      <ol className={css.steps}>
        {order.steps.map((step) => (
          <li key={step.id}>
            <span>{step.handlerName ?? tk(`steps.${step.role}`)}</span>
            <span className={css.why}>
              {step.endedAt === null
                ? t('console.order.stepOpen')
                : tk(`stepResults.${step.state}`, {}, 'common.done')}{' '}
              {when(step.endedAt ?? step.openedAt, now)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
