import { useId } from 'react';
import css from './Field.module.css';
import type { FieldWords } from './Field.tsx';
import { cx } from './tone.ts';

export interface SelectOption {
  value: string;
  label: string;
  isDisabled?: boolean;
}

/**
 * The browser's own select: on a phone it opens the system's wheel, which every screen reader and
 * every old hand knows; no list of our own does better there.
 */
export function Select({
  label,
  description,
  error,
  options,
  value,
  onChange,
  placeholder,
  isDisabled = false,
  isLabelHidden = false,
  name,
  className,
}: FieldWords & {
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  isDisabled?: boolean;
  isLabelHidden?: boolean;
  name?: string;
  className?: string;
}) {
  const id = useId();
  const describedBy = cx(description !== undefined && `${id}d`, error !== undefined && `${id}e`);
  return (
    <div className={cx(css.field, className)}>
      <label htmlFor={id} className={isLabelHidden ? 'gz-hidden' : css.label}>
        {label}
      </label>
      <select
        id={id}
        name={name}
        className={cx(css.input, css.select)}
        value={value}
        disabled={isDisabled}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.isDisabled}>
            {option.label}
          </option>
        ))}
      </select>
      {description !== undefined && (
        <span id={`${id}d`} className={css.description}>
          {description}
        </span>
      )}
      {error !== undefined && (
        <span id={`${id}e`} className={css.error}>
          {error}
        </span>
      )}
    </div>
  );
}
