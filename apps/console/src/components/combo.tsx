import { cx } from '@gongzhi/ui';
import { ChevronDown } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { useText } from '../app/text.ts';
import { overlayRootAt } from './overlay-root.ts';
import css from './combo.module.css';

export interface ComboItem {
  id: string;
  label: string;
  /** Beside the label, in second ink. */
  aside?: string | null;
}

/** One of many, found by typing. `onWords` lets the server do the finding where there are thousands. */
export function Combo({
  label,
  items,
  value,
  onChange,
  onWords,
  placeholder,
  isLabelHidden = false,
  className,
}: {
  label: string;
  items: readonly ComboItem[];
  value: string | null;
  onChange: (id: string | null) => void;
  onWords?: (words: string) => void;
  placeholder: string;
  isLabelHidden?: boolean;
  className?: string;
}) {
  const { t } = useText();
  const chosen = items.find((item) => item.id === value);
  const opener = useRef<HTMLButtonElement>(null);
  const [row, setRow] = useState<HTMLElement | null>(null);
  return (
    <ComboBox
      // A value set from outside (a link, "clear") shows its own words.
      key={chosen?.id ?? 'none'}
      className={cx(css.combo, className)}
      defaultItems={items}
      defaultSelectedKey={value}
      defaultInputValue={chosen?.label ?? ''}
      onSelectionChange={(key) => {
        if (key !== null || value !== null) onChange(key === null ? null : String(key));
      }}
      onInputChange={(words) => {
        onWords?.(words === chosen?.label ? '' : words);
        if (words === '' && value !== null) onChange(null);
      }}
      {...(onWords === undefined ? {} : { defaultFilter: () => true })}
      allowsEmptyCollection
    >
      <Label className={isLabelHidden ? 'gz-hidden' : (css.label ?? '')}>{label}</Label>
      <div ref={setRow} className={css.row}>
        <Input
          className={css.input ?? ''}
          placeholder={placeholder}
          onClick={(event) => {
            // A click shows the choices; merely passing through with Tab does not cover the page.
            if (event.currentTarget.getAttribute('aria-expanded') !== 'true') opener.current?.click();
          }}
        />
        <Button ref={opener} className={css.open ?? ''}>
          <ChevronDown size={16} aria-hidden />
        </Button>
      </div>
      <Popover UNSTABLE_portalContainer={overlayRootAt(row)} className={css.popover ?? ''}>
        <ListBox
          className={css.list ?? ''}
          renderEmptyState={() => <p className={css.none}>{t('console.noMatch')}</p>}
        >
          {(item: ComboItem) => (
            <ListBoxItem className={css.item ?? ''} textValue={item.label}>
              <span className={css.name}>{item.label}</span>
              {item.aside != null && <span className={css.aside}>{item.aside}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
