import { Button, Checkbox, IconButton, TextField } from '@gongzhi/ui';
import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { fileUrl } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { CategoryPicker } from '../orders/category-picker.tsx';
import { useCommand } from '../orders/use-command.ts';
import css from './after.module.css';

interface Part {
  category: string;
  words: string;
  description: string;
  photoIds: string[];
}

const MOST = 6;

/** One report, several things: each with its own category, words and photos. The clocks stay those of the report. */
export function SplitForm({
  order,
  onClose,
  onChanged,
}: {
  order: Order;
  onClose: () => void;
  onChanged: (order: Order) => void;
}) {
  const { t } = useText();
  const [begin] = useState(() => ({
    parts: [
      { category: order.categoryCode, words: '', description: order.description, photoIds: [] },
      { category: '', words: '', description: '', photoIds: [] },
    ] as Part[],
  }));
  const [draft, change, clear] = useDraft(`split.${order.id}`, begin);
  const [isTried, setTried] = useState(false);
  const command = useCommand(order, onChanged);
  const put = (at: number, part: Partial<Part>): void => {
    change({ parts: draft.parts.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  };
  const isWhole = ({ category, description }: Part): boolean => category !== '' && description.trim() !== '';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (command.isBusy || !draft.parts.every(isWhole)) return;
    const parts = draft.parts.map(({ category, description, photoIds }) => ({
      categoryCode: category,
      description: description.trim(),
      photoIds,
    }));
    if (await command.run('split', { parts })) {
      clear();
      onClose();
    }
  };

  return (
    <form
      className={css.form}
      aria-label={t('actions.split')}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit(event);
      }}
      noValidate
    >
      <p className={css.quiet}>{t('console.split.words')}</p>
      {draft.parts.map((part, at) => (
        <fieldset key={at} className={css.part}>
          <legend className="gz-hidden">{t('console.split.part', { number: at + 1 })}</legend>
          <div className={css.partHead} aria-hidden="true">
            {t('console.split.part', { number: at + 1 })}
          </div>
          {draft.parts.length > 2 && (
            <IconButton
              icon={X}
              label={t('console.split.remove', { number: at + 1 })}
              onPress={() => {
                change({ parts: draft.parts.filter((_, i) => i !== at) });
              }}
            />
          )}
          <CategoryPicker
            scopeId={order.scopeId}
            label={t('console.field.category')}
            place={order.place}
            words={part.words}
            onWords={(words) => {
              put(at, { words });
            }}
            value={part.category}
            onChange={({ code }) => {
              put(at, { category: code });
            }}
            error={isTried && part.category === '' ? t('console.need.category') : undefined}
          />
          <TextField
            label={t('console.split.description')}
            rows={2}
            maxLength={2000}
            value={part.description}
            onChange={(description) => {
              put(at, { description });
            }}
            error={isTried && part.description.trim() === '' ? t('console.need.text') : undefined}
          />
          {order.photos.length > 0 && (
            <div className={css.photos} role="group" aria-label={t('console.split.photos')}>
              {order.photos.map(({ id }, number) => {
                const isElsewhere = draft.parts.some((one, i) => i !== at && one.photoIds.includes(id));
                if (isElsewhere) return null;
                return (
                  <div key={id} className={css.photo}>
                    <img src={fileUrl(order.scopeId, id, 'thumb')} alt="" />
                    <Checkbox
                      isSelected={part.photoIds.includes(id)}
                      onChange={(isOn) => {
                        put(at, {
                          photoIds: isOn ? [...part.photoIds, id] : part.photoIds.filter((one) => one !== id),
                        });
                      }}
                    >
                      {t('console.split.photo', { number: number + 1 })}
                    </Checkbox>
                  </div>
                );
              })}
            </div>
          )}
        </fieldset>
      ))}
      {draft.parts.length < MOST && (
        <Button
          size="small"
          icon={Plus}
          onPress={() => {
            change({ parts: [...draft.parts, { category: '', words: '', description: '', photoIds: [] }] });
          }}
        >
          {t('console.split.add')}
        </Button>
      )}
      {command.error !== null && (
        <p className={css.error} role="alert">
          {command.error}
        </p>
      )}
      <div className={css.buttons}>
        <Button onPress={onClose}>{t('common.back')}</Button>
        <Button type="submit" variant="primary" isBusy={command.isBusy}>
          {t('actions.split')}
        </Button>
      </div>
    </form>
  );
}
