import { cx, Icon, Spinner } from '@gongzhi/ui';
import { FileUp } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import css from './drop-zone.module.css';

/** A place to drop a file on, and a button for who works by keyboard. */
export function DropZone({
  onFile,
  sending,
  limits,
}: {
  onFile: (file: File) => void;
  sending: string | undefined;
  /** What may be dropped here, where it is not what an import of places takes. */
  limits?: string;
}) {
  const { t } = useText();
  const [isOver, setOver] = useState(false);
  return (
    // The label and its input do all by keyboard; dropping is for the mouse besides.
    <div
      className={cx(css.zone, isOver && css.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) onFile(file);
      }}
    >
      <Icon of={FileUp} size={28} />
      {sending === undefined ? (
        <p className={css.words}>
          <span>{t('imports.drop')}</span>
          <label className={css.choose}>
            {t('imports.choose')}
            <input
              type="file"
              className="gz-hidden"
              accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                if (file !== undefined) onFile(file);
                event.target.value = '';
              }}
            />
          </label>
        </p>
      ) : (
        <Spinner label={t('imports.sending', { name: sending })} />
      )}
      <p className={css.limits}>{limits ?? t('imports.limits')}</p>
    </div>
  );
}
