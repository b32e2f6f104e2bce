import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { Icon } from '@gongzhi/ui/Icon.tsx';
import { EmptyState } from '@gongzhi/ui/States.tsx';
import { suggestCategories } from '@gongzhi/kernel/suggest.ts';
import { Check, SearchX, Siren } from 'lucide-react';
import { useState } from 'react';
import type { Category } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import { nameOf } from '../work-orders/say.ts';
import css from './CategorySheet.module.css';

const FOUND = 12;

/** The catalogue, grouped and big; or found by a word. */
export function CategorySheet({
  categories,
  chosen,
  onChoose,
  onClose,
}: {
  categories: readonly Category[];
  chosen: string | null;
  onChoose: (code: string) => void;
  onClose: () => void;
}) {
  const { t, tKey } = useWords();
  const [word, setWord] = useState('');
  const found = word.trim() === '' ? null : suggestCategories(word, categories, null, FOUND);
  const groups = [...new Set(categories.map(({ group }) => group))];
  const list = (items: readonly Category[]) => (
    <ul className={css.list}>
      {items.map((category) => (
        <li key={category.code}>
          <Row category={category} isChosen={category.code === chosen} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
  return (
    <Sheet title={t('mobile.report.chooseCategory')} isOpen onOpenChange={onClose}>
      <TextField label={t('mobile.report.searchCategory')} type="search" value={word} onChange={setWord} />
      {found === null
        ? groups.map((group) => (
            <section
              key={group}
              className={css.group}
              aria-label={tKey(`groups.${group}`, {}, 'common.more')}
            >
              <h3 className={css.heading}>{tKey(`groups.${group}`, {}, 'common.more')}</h3>
              {list(categories.filter((category) => category.group === group))}
            </section>
          ))
        : list(found)}
      {found?.length === 0 && <EmptyState icon={SearchX} title={t('mobile.report.nothingFound')} />}
    </Sheet>
  );
}

function Row({
  category,
  isChosen,
  onChoose,
}: {
  category: Category;
  isChosen: boolean;
  onChoose: (code: string) => void;
}) {
  const { t, locale } = useWords();
  return (
    <button
      type="button"
      className={css.row}
      aria-pressed={isChosen}
      onClick={() => {
        onChoose(category.code);
      }}
    >
      <span className={css.name}>{nameOf(locale, category)}</span>
      {category.isEmergency && (
        <span className={css.emergency}>
          <Icon of={Siren} />
          {t('mobile.report.emergency')}
        </span>
      )}
      {isChosen && <Icon of={Check} />}
    </button>
  );
}
