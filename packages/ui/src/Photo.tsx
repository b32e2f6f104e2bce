import { RotateCcw, X } from 'lucide-react';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import css from './Photo.module.css';
import { t, useLocale } from './words.tsx';

export interface PhotoProps {
  src: string;
  alt: string;
  onOpen?: () => void;
  onRemove?: () => void;
  /** 0 to 1 while it is on its way. */
  progress?: number;
  /** It did not get through; pressing sends it again. */
  onRetry?: () => void;
}

export function PhotoThumb({ src, alt, onOpen, onRemove, progress, onRetry }: PhotoProps) {
  const locale = useLocale();
  const picture = <img className={css.image} src={src} alt={alt} loading="lazy" decoding="async" />;
  return (
    <span className={css.thumb}>
      {onOpen === undefined ? (
        picture
      ) : (
        <button type="button" className={css.open} onClick={onOpen}>
          {picture}
        </button>
      )}
      {progress !== undefined && (
        <progress className={css.progress} aria-label={alt} value={progress} max={1} />
      )}
      {onRetry !== undefined && (
        <button type="button" className={css.retry} onClick={onRetry}>
          <Icon of={RotateCcw} />
          <span>{t(locale, 'ui.resend')}</span>
        </button>
      )}
      {onRemove !== undefined && (
        <IconButton
          className={css.remove ?? ''}
          icon={X}
          label={t(locale, 'ui.removePhoto', { name: alt })}
          onPress={onRemove}
        />
      )}
    </span>
  );
}
