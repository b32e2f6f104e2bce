import { buttonClass, Icon } from '@gongzhi/ui';
import { Download } from 'lucide-react';
import type { Query } from '@gongzhi/ui/client/index.ts';
import { exportUrl } from '../api.ts';
import { useMay } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import css from './export-links.module.css';

/** The list as it is on the page, as a file: two links, so that the browser downloads while one goes on. */
export function ExportLinks({ list, query }: { list: string; query: Query }) {
  const { t, locale } = useText();
  const mayExport = useMay('list.export');
  if (!mayExport) return null;
  return (
    <span className={css.links}>
      <Icon of={Download} size={16} />
      {(['xlsx', 'csv'] as const).map((format) => (
        <a
          key={format}
          className={buttonClass('quiet', 'small')}
          href={exportUrl(list, format, locale, query)}
          download
          aria-label={t(`exports.as.${format}`)}
        >
          {format === 'xlsx' ? 'Excel' : 'CSV'}
        </a>
      ))}
    </span>
  );
}
