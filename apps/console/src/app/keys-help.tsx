import { Checkbox, Dialog } from '@gongzhi/ui';
import { setHotkeys, useHotkeysOn } from './hotkeys.ts';
import { useText } from './text.ts';
import css from './keys-help.module.css';

const KEYS = [
  ['j', 'k', 'console.keys.move'],
  ['Enter', '', 'console.keys.open'],
  ['Esc', '', 'console.keys.close'],
  ['a', '', 'console.keys.assign'],
  ['n', '', 'console.keys.new'],
  ['/', '', 'console.keys.search'],
  ['r', '', 'console.keys.refresh'],
  ['?', '', 'console.keys.help'],
] as const;

export function KeysHelp({
  isOpen,
  onOpenChange,
}: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}) {
  const { t } = useText();
  const isOn = useHotkeysOn();
  return (
    <Dialog title={t('console.keys.title')} isOpen={isOpen} onOpenChange={onOpenChange}>
      <dl className={css.keys} data-off={!isOn}>
        {KEYS.map(([key, other, label]) => (
          <div key={key} className={css.row}>
            <dt>
              <kbd className={css.key}>{key}</kbd>
              {other !== '' && <kbd className={css.key}>{other}</kbd>}
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
      <Checkbox isSelected={isOn} onChange={setHotkeys}>
        {t('console.keys.on')}
      </Checkbox>
    </Dialog>
  );
}
