import { Button, Checkbox, TextField } from '@gongzhi/ui';
import { type FormEvent, useState } from 'react';
import type { Order } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { TemplatePicker } from '../desk/template-picker.tsx';
import { mayDo } from './action-specs.ts';
import css from './comment-box.module.css';
import { useCommand } from './use-command.ts';

/** A word to the resident and the worker, or among staff only. Who will read it is said before it is sent. */
export function CommentBox({ order, onChanged }: { order: Order; onChanged: (order: Order) => void }) {
  const { t } = useText();
  const [draft, change, clear] = useDraft(`comment.${order.id}`, { text: '', isInternal: false });
  const [isActive, setActive] = useState(false);
  const command = useCommand(order, onChanged);
  if (!mayDo(order.actions, 'comment')) return null;
  const isOpen = isActive || draft.text !== '';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (command.isBusy || draft.text.trim() === '') return;
    const done = await command.run('comment', {
      text: draft.text.trim(),
      isInternal: draft.isInternal,
      photoIds: [],
    });
    if (!done) return;
    clear();
    setActive(false);
  };

  return (
    <form
      className={css.box}
      data-internal={draft.isInternal}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
      }}
    >
      <TextField
        label={t('console.comment.label')}
        isLabelHidden
        placeholder={draft.isInternal ? t('console.comment.toStaff') : t('console.comment.toAll')}
        rows={isOpen ? 3 : 1}
        maxLength={1000}
        value={draft.text}
        onChange={(text) => {
          change({ text });
        }}
        onFocus={() => {
          setActive(true);
        }}
      />
      {isOpen && (
        <div className={css.row}>
          <Checkbox
            isSelected={draft.isInternal}
            onChange={(isInternal) => {
              change({ isInternal });
            }}
          >
            {t('console.comment.onlyStaff')}
          </Checkbox>
          <TemplatePicker
            order={order}
            purpose="comment"
            onPick={(text) => {
              change({ text: draft.text === '' ? text : `${draft.text}\n${text}` });
            }}
          />
          <Button type="submit" variant="primary" size="small" isBusy={command.isBusy}>
            {draft.isInternal ? t('console.comment.sendInternal') : t('console.comment.send')}
          </Button>
        </div>
      )}
      {command.error !== null && (
        <p className={css.note} role="alert">
          {command.error}
        </p>
      )}
    </form>
  );
}
