import { Checkbox, Dialog } from '@gongzhi/ui';
import { setHotkeys, useHotkeysOn } from './hotkeys.ts';
import { type KeyGroup, keyGroups, printed } from './keys.ts';
import { useText } from './text.ts';
import css from './keys-help.module.css';

/** All keys there are on the page, in groups. */
export function KeysHelp({
  isOpen,
  onOpenChange,
  groups = ['list', 'order', 'page'],
}: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  groups?: readonly KeyGroup[];
}) {
  const { t } = useText();
  const isOn = useHotkeysOn();
  return (
    <Dialog title={t('console.keys.title')} isOpen={isOpen} onOpenChange={onOpenChange}>
      {groups.map((group) => (
        <section key={group} className={css.group} aria-label={t(`desk.keys.${group}`)}>
          <h3 className={css.heading}>{t(`desk.keys.${group}`)}</h3>
          <dl className={css.keys} data-off={!isOn}>
            {keyGroups[group].map(({ keys, label }) => (
              <div key={label} className={css.row}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key} className={css.key}>
                      {printed[key] ?? key}
                    </kbd>
                  ))}
                </dt>
                <dd>{t(label)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Checkbox isSelected={isOn} onChange={setHotkeys}>
        {t('console.keys.on')}
      </Checkbox>
    </Dialog>
  );
}
