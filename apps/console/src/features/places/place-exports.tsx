import type { ScopeDetail } from '../../api-types.ts';
import type { PlaceTab } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import { ExportLinks } from '../../components/export-links.tsx';
import css from './place-exports.module.css';

const lists = {
  buildings: ['buildings', 'households', 'facilities'],
  grids: ['grids'],
  staff: ['staff'],
} as const;

/** What a tab lists, as files. */
export function PlaceExports({ scope, tab }: { scope: ScopeDetail; tab: PlaceTab }) {
  const { tk } = useText();
  const shown: readonly string[] = (lists as Readonly<Record<string, readonly string[]>>)[tab] ?? [];
  return (
    <div className={css.exports}>
      {shown.map((list) => (
        <span key={list} className={css.export}>
          {tk(`exports.list.${list}`)}
          <ExportLinks list={list} query={{ scopeId: scope.id }} />
        </span>
      ))}
    </div>
  );
}
