import { Icon } from '@gongzhi/ui/Icon.tsx';
import { PhotoThumb } from '@gongzhi/ui/Photo.tsx';
import { Camera, ImageOff } from 'lucide-react';
import { useId } from 'react';
import { useWords } from '../../app/words.ts';
import css from './PhotoPicker.module.css';
import { MOST_PHOTOS, type Photo, type PhotoTray } from './tray.ts';

/** Nine squares: what was taken, how far each has got, and one to take another. */
export function PhotoPicker({
  tray,
  photos,
  label,
  error,
}: {
  tray: PhotoTray;
  photos: readonly Photo[];
  label: string;
  error?: string | undefined;
}) {
  const { t } = useWords();
  const id = useId();
  const broken = photos.filter((photo) => photo.state === 'broken').length;
  const isFailed = photos.some((photo) => photo.state === 'failed');
  return (
    <fieldset className={css.picker} aria-describedby={`${id}h`}>
      <legend className={css.legend}>{label}</legend>
      <ul className={css.grid}>
        {photos.map((photo, index) => (
          <li key={photo.id}>
            <Square tray={tray} photo={photo} name={t('mobile.photo.name', { number: index + 1 })} />
          </li>
        ))}
        {photos.length < MOST_PHOTOS && (
          <li>
            <label className={css.add}>
              <Icon of={Camera} size="1.75rem" />
              <span>{t('mobile.photo.add')}</span>
              <input
                className={css.input}
                type="file"
                accept="image/*"
                multiple
                onChange={(event) => {
                  const files = [...(event.target.files ?? [])];
                  // The same picture may be chosen again after it was removed.
                  event.target.value = '';
                  void tray.add(files);
                }}
              />
            </label>
          </li>
        )}
      </ul>
      <p id={`${id}h`} className={css.hint}>
        {t('mobile.photo.hint', { count: photos.length, most: MOST_PHOTOS })}
      </p>
      {broken > 0 && <p className={css.error}>{t('mobile.photo.broken')}</p>}
      {isFailed && <p className={css.error}>{t('mobile.photo.failed')}</p>}
      {error !== undefined && <p className={css.error}>{error}</p>}
    </fieldset>
  );
}

function Square({ tray, photo, name }: { tray: PhotoTray; photo: Photo; name: string }) {
  const { t } = useWords();
  if (photo.state === 'shrinking') return <span className={css.blank} />;
  const remove = (): void => {
    void tray.remove(photo.id);
  };
  if (photo.url === '' || photo.state === 'broken')
    return (
      <span className={css.broken}>
        <Icon of={ImageOff} size="1.75rem" />
        <button type="button" className={css.drop} onClick={remove}>
          {t('mobile.photo.drop', { name })}
        </button>
      </span>
    );
  return (
    <PhotoThumb
      src={photo.url}
      alt={name}
      onRemove={remove}
      {...(photo.state === 'sending' ? { progress: photo.progress } : {})}
      {...(photo.state === 'failed'
        ? {
            onRetry: () => {
              tray.retry(photo.id);
            },
          }
        : {})}
    />
  );
}
