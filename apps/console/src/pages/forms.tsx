import { Segmented } from '@gongzhi/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { FormsSearch, formViews } from '../app/routes-forms.ts';
import { url } from '../app/routes.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { BurdenReport } from '../features/forms/burden.tsx';
import css from '../features/forms/forms.module.css';
import { Forms } from '../features/forms/list.tsx';
import { Tasks } from '../features/forms/tasks.tsx';

type View = (typeof formViews)[number];

/** One entry serves many forms: what is to be filled in, what one's office asks, and what it costs. */
export default function FormsPage() {
  const { t } = useText();
  useTitle(t('forms.title'));
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/forms' });
  const mayAuthor = useMay('form.author');
  const view: View = mayAuthor ? (search.view ?? 'forms') : 'tasks';
  const go = (part: FormsSearch): void => {
    void navigate({ ...url.forms({ ...search, ...part }), replace: true });
  };
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('forms.title')}</h1>
        {mayAuthor && (
          <Segmented<View>
            label={t('forms.tabs')}
            isLabelHidden
            value={view}
            options={(['forms', 'tasks', 'report'] as const).map((value) => ({
              value,
              label: t(`forms.tab.${value}`),
            }))}
            onChange={(value) => {
              go({ view: value, state: undefined });
            }}
          />
        )}
      </header>
      <p className={css.words}>{t('forms.intro')}</p>
      {view === 'tasks' && (
        <Tasks
          state={search.state ?? null}
          onState={(state) => {
            go({ state });
          }}
        />
      )}
      {view === 'forms' && <Forms />}
      {view === 'report' && <BurdenReport />}
    </div>
  );
}
