import { PhotoThumb } from '@gongzhi/ui/Photo.tsx';
import { lazy, Suspense, useState } from 'react';
import { photoUrl } from '../../api.ts';
import type { PhotoRef } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import css from './OrderPhotos.module.css';

const Dialog = lazy(async () => ({ default: (await import('@gongzhi/ui/Dialog.tsx')).Dialog }));

/** The pictures of an order or of one line of its timeline; pressing one opens it whole. */
export function OrderPhotos({
  photos,
  scopeId,
  label,
}: {
  photos: readonly PhotoRef[];
  scopeId: string;
  label: string;
}) {
  const { t } = useWords();
  const [open, setOpen] = useState<number | null>(null);
  if (photos.length === 0) return null;
  const shown = open === null ? undefined : photos[open];
  const name = (index: number): string => `${label} ${t('mobile.photo.name', { number: index + 1 })}`;
  return (
    <>
      <ul className={css.strip} aria-label={label}>
        {photos.map((photo, index) => (
          <li key={photo.id}>
            <PhotoThumb
              src={photoUrl(photo.id, scopeId, 'thumb')}
              alt={name(index)}
              onOpen={() => {
                setOpen(index);
              }}
            />
          </li>
        ))}
      </ul>
      {shown !== undefined && open !== null && (
        <Suspense fallback={null}>
          <Dialog
            title={name(open)}
            isOpen
            onOpenChange={() => {
              setOpen(null);
            }}
          >
            <img className={css.full} src={photoUrl(shown.id, scopeId, 'full')} alt={name(open)} />
          </Dialog>
        </Suspense>
      )}
    </>
  );
}
