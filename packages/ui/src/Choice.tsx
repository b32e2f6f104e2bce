import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
} from 'react-aria-components/Checkbox';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup';
import css from './Choice.module.css';
import { Icon } from './Icon.tsx';
import { cx } from './tone.ts';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  description?: string;
  icon?: LucideIcon;
  isDisabled?: boolean;
}

interface RadioGroupProps<Value extends string> {
  label: string;
  options: readonly Choice<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  error?: string | undefined;
  isLabelHidden?: boolean;
  isDisabled?: boolean;
  className?: string;
}

function group<Value extends string>(
  {
    label,
    options,
    value,
    onChange,
    error,
    isLabelHidden = false,
    isDisabled = false,
    className,
  }: RadioGroupProps<Value>,
  look: string | undefined,
  item: string | undefined,
) {
  return (
    <AriaRadioGroup
      className={cx(css.group, className)}
      value={value}
      isDisabled={isDisabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      onChange={(next) => {
        onChange(next as Value);
      }}
    >
      <Label className={isLabelHidden ? 'gz-hidden' : (css.label ?? '')}>{label}</Label>
      <div className={look}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.isDisabled ?? false}
            className={item ?? ''}
          >
            {option.icon !== undefined && <Icon of={option.icon} />}
            <span className={css.words}>
              <span>{option.label}</span>
              {option.description !== undefined && (
                <span className={css.description}>{option.description}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
      {error !== undefined && (
        <span className={css.error} role="alert">
          {error}
        </span>
      )}
    </AriaRadioGroup>
  );
}

/** Choices under each other, each with its ring. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  return group(props, css.list, css.radio);
}

/** Two to four short choices beside each other; they wrap under each other when the type is large. */
export function Segmented<Value extends string>(props: RadioGroupProps<Value>) {
  return group(props, css.segments, css.segment);
}

/** One choice among pictures or faces: a big tile each. */
export function TileChoice<Value extends string>(props: RadioGroupProps<Value>) {
  return group(props, css.tiles, css.tile);
}

export function Checkbox({
  children,
  className,
  ...rest
}: Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> & {
  children: ReactNode;
  className?: string;
}) {
  return (
    <AriaCheckbox {...rest} className={cx(css.checkbox, className)}>
      <span className={css.box} aria-hidden="true" />
      <span>{children}</span>
    </AriaCheckbox>
  );
}
