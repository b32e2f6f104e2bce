import { Button, RadioGroup, Segmented, Select, TextField } from '@gongzhi/ui';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Order } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import { wallInstant } from '../../app/wall-clock.ts';
import { useDraft } from '../../components/draft.ts';
import css from './action-form.module.css';
import { type FieldName, specOf } from './action-specs.ts';
import { CategoryPicker } from './category-picker.tsx';
import { ReceiverPicker } from '../desk/receiver-picker.tsx';
import { TemplatePicker } from '../desk/template-picker.tsx';
import { StaffPicker } from './staff-picker.tsx';
import { useCommand } from './use-command.ts';

interface Draft {
  staff: string;
  category: string;
  categoryWords: string;
  reason: string;
  note: string;
  receiver: string;
  reference: string;
  result: string;
  score: string;
  priority: string;
  pauseReason: string;
  until: string;
  number: string;
  text: string;
}

const empty: Draft = {
  staff: '',
  category: '',
  categoryWords: '',
  reason: '',
  note: '',
  receiver: '',
  reference: '',
  result: '',
  score: '',
  priority: '',
  pauseReason: '',
  until: '',
  number: '',
  text: '',
};

/** How each field is called in the command. */
const paramOf: Record<FieldName, string> = {
  staff: 'assigneeAccountId',
  category: 'categoryCode',
  reason: 'reason',
  note: 'note',
  receiver: 'receiver',
  reference: 'reference',
  result: 'result',
  score: 'score',
  priority: 'priority',
  pauseReason: 'reason',
  until: 'until',
  number: 'number',
  text: 'text',
};

const RESULTS = ['satisfied_done', 'not_done', 'unreachable'] as const;
const SCORES = ['satisfied', 'basically_satisfied', 'unsatisfied'] as const;
const PRIORITIES = ['normal', 'high', 'urgent'] as const;
const PAUSE_REASONS = [
  'waiting_parts',
  'waiting_resident',
  'waiting_third_party',
  'waiting_approval',
  'unsafe',
  'night_quiet',
  'weather',
  'emergency_elsewhere',
] as const;

/** The small form of one action, in place. What is typed is a draft: closing it, or a stale answer, loses nothing. */
export function ActionForm({
  order,
  action,
  onClose,
  onChanged,
}: {
  order: Order;
  action: string;
  onClose: () => void;
  onChanged: (order: Order) => void;
}) {
  const { t, tk } = useText();
  const spec = specOf(action);
  // What the order has already is where the form begins.
  const [begin] = useState(() => ({ ...empty, category: order.categoryCode, priority: order.priority }));
  const [draft, change, clear] = useDraft(`action.${order.id}.${action}`, begin);
  const [missing, setMissing] = useState<ReadonlySet<FieldName>>(new Set());
  const command = useCommand(order, onChanged);
  const form = useRef<HTMLFormElement>(null);

  // Where the keyboard was when the form was opened: there it goes on once the form is gone.
  const before = useRef<Element | null>(null);
  const leave = (): void => {
    onClose();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  useEffect(() => {
    before.current ??= document.activeElement;
    // Whom to send has a field of its own that takes the keyboard once the list is there.
    form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [action]);

  if (spec === undefined) return null;
  // A score belongs to somebody who was reached and said so.
  const fields = spec.fields.filter(({ name }) => name !== 'score' || draft.result === 'satisfied_done');

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (command.isBusy) return;
    const absent = fields.filter(({ name, isOptional }) => isOptional !== true && draft[name].trim() === '');
    setMissing(new Set(absent.map(({ name }) => name)));
    if (absent.length > 0) return;
    const params = Object.fromEntries(
      fields
        .filter(({ name }) => draft[name].trim() !== '')
        .map(({ name }) => [paramOf[name], valueOf(name, draft)]),
    );
    if (await command.run(action, params)) {
      clear();
      leave();
    }
  };

  const errorOf = (name: FieldName): string | undefined =>
    missing.has(name) && draft[name].trim() === ''
      ? tk(`console.need.${name}`, {}, 'console.need.text')
      : undefined;

  const field = (name: FieldName, isOptional: boolean) => {
    const label = tk(`console.field.${name}`);
    const labelled = isOptional ? t('console.optional', { label }) : label;
    switch (name) {
      case 'staff':
        return (
          <fieldset key={name} className={css.group}>
            <legend className={css.legend}>{labelled}</legend>
            <StaffPicker
              scopeId={order.scopeId}
              orderId={order.id}
              exceptId={order.assigneeAccountId}
              value={draft.staff === '' ? null : draft.staff}
              onChange={(staff) => {
                change({ staff });
                // Chosen: on to the reason, or to the button. Two keys less for every assignment.
                form.current?.querySelector<HTMLElement>('textarea, button[type="submit"]')?.focus();
              }}
            />
            <Wrong text={errorOf(name)} />
          </fieldset>
        );
      case 'category':
        return (
          <CategoryPicker
            key={name}
            scopeId={order.scopeId}
            label={labelled}
            place={order.place}
            words={draft.categoryWords}
            hint={order.description}
            onWords={(categoryWords) => {
              change({ categoryWords });
            }}
            value={draft.category}
            onChange={({ code }) => {
              change({ category: code });
            }}
            error={errorOf(name)}
          />
        );
      case 'result':
        return (
          <RadioGroup
            key={name}
            label={labelled}
            options={RESULTS.map((value) => ({ value, label: t(`callbackResults.${value}`) }))}
            value={RESULTS.find((value) => value === draft.result) ?? null}
            onChange={(result) => {
              change({ result });
            }}
            error={errorOf(name)}
          />
        );
      case 'score':
        return (
          <Segmented
            key={name}
            label={labelled}
            options={SCORES.map((value) => ({ value, label: t(`ratings.${value}`) }))}
            value={SCORES.find((value) => value === draft.score) ?? null}
            onChange={(score) => {
              change({ score });
            }}
          />
        );
      case 'priority':
        return (
          <Segmented
            key={name}
            label={labelled}
            options={PRIORITIES.map((value) => ({ value, label: t(`priorities.${value}`) }))}
            value={PRIORITIES.find((value) => value === draft.priority) ?? null}
            onChange={(priority) => {
              change({ priority });
            }}
          />
        );
      case 'pauseReason':
        return (
          <Select
            key={name}
            label={labelled}
            options={PAUSE_REASONS.map((value) => ({ value, label: t(`pauseReasons.${value}`) }))}
            placeholder={t('console.choose')}
            value={draft.pauseReason}
            onChange={(pauseReason) => {
              change({ pauseReason });
            }}
            error={errorOf(name)}
          />
        );
      case 'until':
        return (
          <TextField
            key={name}
            label={labelled}
            type="datetime-local"
            value={draft.until}
            onChange={(until) => {
              change({ until });
            }}
          />
        );
      case 'number':
      case 'receiver':
      case 'reference':
        return (
          <div key={name} className={css.group}>
            {name === 'receiver' && (
              <ReceiverPicker
                order={order}
                value={draft.receiver}
                onPick={(receiver) => {
                  change({ receiver });
                }}
              />
            )}
            <TextField
              label={labelled}
              maxLength={200}
              value={draft[name]}
              onChange={(value) => {
                change({ [name]: value });
              }}
              error={errorOf(name)}
            />
          </div>
        );
      default:
        return (
          <div key={name} className={css.group}>
            <TextField
              label={labelled}
              rows={3}
              maxLength={1000}
              value={draft[name]}
              onChange={(value) => {
                change({ [name]: value });
              }}
              error={errorOf(name)}
            />
            {name === 'note' && (action === 'record_callback' || action === 'close') && (
              <TemplatePicker
                order={order}
                purpose={action === 'close' ? 'close' : 'callback'}
                onPick={(words) => {
                  change({ note: draft.note === '' ? words : `${draft.note}\n${words}` });
                }}
              />
            )}
          </div>
        );
    }
  };

  return (
    <form
      ref={form}
      className={css.form}
      aria-label={tk(`actions.${action}`)}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          leave();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
      }}
      noValidate
    >
      <h3 className={css.title}>{tk(`actions.${action}`)}</h3>
      {fields.map(({ name, isOptional }) => field(name, isOptional === true))}
      {command.changed !== null && (
        <div className={css.stale} role="alert">
          <p className={css.staleTitle}>{t('console.stale.title')}</p>
          <ul>
            {command.changed.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>{t('console.stale.kept')}</p>
        </div>
      )}
      {command.error !== null && (
        <p className={css.error} role="alert">
          {command.error}
        </p>
      )}
      <div className={css.buttons}>
        {/* Not "cancel": that is the name of an action. */}
        <Button onPress={leave}>{t('common.back')}</Button>
        <Button type="submit" variant={spec.isGrave === true ? 'danger' : 'primary'} isBusy={command.isBusy}>
          {tk(`actions.${action}`)}
        </Button>
      </div>
    </form>
  );
}

/** A clock on the wall has no zone: it is the place's, wherever the desk stands. The server wants an instant. */
function valueOf(name: FieldName, draft: Draft): string {
  return name === 'until' ? wallInstant(draft.until) : draft[name].trim();
}

function Wrong({ text }: { text: string | undefined }) {
  return text === undefined ? null : (
    <p className={css.wrong} role="alert">
      {text}
    </p>
  );
}
