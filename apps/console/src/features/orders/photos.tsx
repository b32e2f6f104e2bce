import { Dialog, PhotoThumb } from '@gongzhi/ui';
import { useState } from 'react';
import { fileUrl } from '../../api.ts';
import type { PhotoRef } from '../../api-types.ts';
import { useText } from '../../app/text.ts';
import css from './photos.module.css';

/** Thumbs in a row; one opens large. */
export function Photos({
  scopeId,
  photos,
  label,
}: {
  scopeId: string;
  photos: readonly PhotoRef[];
  label: string;
}) {
  const { t } = useText();
  const [openIndex, setOpenIndex] = useState<number | null>(null);
  if (photos.length === 0) return null;
  const name = (index: number): string =>
    t('console.photo.name', { label, index: index + 1, count: photos.length });
  const open = openIndex === null ? undefined : photos[openIndex];
  return (
    <>
      <ul className={css.row} aria-label={label}>
        {photos.map((photo, index) => (
          <li key={photo.id} className={css.thumb}>
            <PhotoThumb
              src={fileUrl(scopeId, photo.id, 'thumb')}
              alt={name(index)}
              onOpen={() => {
                setOpenIndex(index);
              }}
            />
          </li>
        ))}
      </ul>
      <Dialog
        title={openIndex === null ? label : name(openIndex)}
        isOpen={open !== undefined}
        onOpenChange={() => {
          setOpenIndex(null);
        }}
        className={css.dialog ?? ''}
      >
        {open !== undefined && openIndex !== null && (
          <img className={css.full} src={fileUrl(scopeId, open.id, 'full')} alt={name(openIndex)} />
        )}
      </Dialog>
    </>
  );
}
