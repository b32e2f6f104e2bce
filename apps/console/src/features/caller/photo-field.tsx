import { Icon, PhotoThumb, Spinner } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { ImagePlus } from 'lucide-react';
import { useId, useState } from 'react';
import { api, fileUrl } from '../../api.ts';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import css from './photo-field.module.css';

const MOST = 9;

/** Pictures a caller has sent to the desk by other ways. Each goes up at once; the draft keeps its id. */
export function PhotoField({
  scopeId,
  photoIds,
  onChange,
  label,
}: {
  scopeId: string;
  photoIds: readonly string[];
  onChange: (photoIds: string[]) => void;
  /** Where they are no caller's, and have to be there. */
  label?: string;
}) {
  const text = useText();
  const { t } = text;
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const add = async (files: readonly File[]): Promise<void> => {
    setBusy(true);
    setError(undefined);
    const added: string[] = [];
    try {
      for (const file of files.slice(0, MOST - photoIds.length)) {
        added.push((await api.upload(scopeId, file, newKey())).id);
      }
    } catch (problem) {
      setError(problemText(problem, text));
    } finally {
      // What went up before one failed isn't lost.
      onChange([...photoIds, ...added]);
      setBusy(false);
    }
  };

  return (
    <div className={css.field}>
      <p className={css.label} id={id}>
        {label ?? t('console.optional', { label: t('console.order.photos') })}
      </p>
      <ul className={css.row} aria-labelledby={id}>
        {photoIds.map((photo, index) => (
          <li key={photo} className={css.thumb}>
            <PhotoThumb
              src={fileUrl(scopeId, photo, 'thumb')}
              alt={t('console.photo.name', {
                label: label ?? t('console.order.photos'),
                index: index + 1,
                count: photoIds.length,
              })}
              onRemove={() => {
                onChange(photoIds.filter((other) => other !== photo));
              }}
            />
          </li>
        ))}
        {photoIds.length < MOST && (
          <li>
            <label className={css.add}>
              {isBusy ? <Spinner /> : <Icon of={ImagePlus} />}
              <span>{t('console.caller.addPhoto')}</span>
              <input
                type="file"
                className="gz-hidden"
                accept="image/jpeg,image/png,image/webp"
                multiple
                disabled={isBusy || scopeId === ''}
                onChange={(event) => {
                  void add([...(event.target.files ?? [])]);
                  event.target.value = '';
                }}
              />
            </label>
          </li>
        )}
      </ul>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
