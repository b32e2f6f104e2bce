import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField';
import css from './Field.module.css';
import { cx } from './tone.ts';

export interface FieldWords {
  label: string;
  description?: ReactNode;
  /** What is wrong and what to do, in one sentence, beside the field. */
  error?: string | undefined;
}

export interface TextFieldProps
  extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'isInvalid'>,
    FieldWords {
  /** More than one line: the number of lines it opens with. */
  rows?: number;
  placeholder?: string;
  /** Stands at the end of the field, such as a button that sends the code. */
  after?: ReactNode;
  isLabelHidden?: boolean;
  className?: string;
}

export function TextField({
  label,
  description,
  error,
  rows,
  placeholder,
  after,
  isLabelHidden = false,
  className,
  ...rest
}: TextFieldProps) {
  const shared = { className: css.input ?? '', ...(placeholder === undefined ? {} : { placeholder }) };
  return (
    <AriaTextField
      {...rest}
      validationBehavior="aria"
      isInvalid={error !== undefined}
      className={cx(css.field, className)}
    >
      <Label className={isLabelHidden ? 'gz-hidden' : (css.label ?? '')}>{label}</Label>
      <span className={css.row}>
        {rows === undefined ? <Input {...shared} /> : <TextArea {...shared} rows={rows} />}
        {after}
      </span>
      {description !== undefined && (
        <Text slot="description" className={css.description ?? ''}>
          {description}
        </Text>
      )}
      <FieldError className={css.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
