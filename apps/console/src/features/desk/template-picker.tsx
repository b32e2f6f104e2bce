import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { type AnswerTemplate, deskApi, deskKeys } from '../../api-desk.ts';
import type { Order } from '../../api-types.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { Pop } from '../../components/pop.tsx';
import css from './template-picker.module.css';
import { fillTemplate, valuesOf } from './templates.ts';

/** Prepared answers, shown as they would read for this order; one press puts one into the field. */
export function TemplatePicker({
  order,
  purpose,
  onPick,
}: {
  order: Order;
  purpose: AnswerTemplate['purpose'];
  onPick: (text: string) => void;
}) {
  const { t } = useText();
  const may = useMay('template.read');
  const templates = useQuery({
    queryKey: [...deskKeys.templates, purpose],
    queryFn: () => deskApi.templates({ purpose, isActive: true }),
    enabled: may,
  });
  const items = templates.data?.items ?? [];
  if (!may || items.length === 0) return null;
  return (
    <Pop
      size="small"
      variant="quiet"
      icon={FileText}
      label={t('desk.templates.use')}
      placement="bottom start"
      popoverClass={css.popover}
      dialogClass={css.dialog}
      body={(close) => (
        <ul className={css.list}>
          {items.map((template) => (
            <li key={template.id}>
              <p className={css.name}>{template.name}</p>
              {(['zh-CN', 'en'] as const).map((locale) => {
                const source = locale === 'zh-CN' ? template.textZh : template.textEn;
                const filled = fillTemplate(source, valuesOf(order, locale));
                return (
                  <button
                    key={locale}
                    type="button"
                    className={css.choice}
                    lang={locale}
                    onClick={() => {
                      onPick(filled.text);
                      close();
                    }}
                  >
                    <span>{filled.text}</span>
                    {filled.missing.length > 0 && (
                      <span className={css.missing}>
                        {t('desk.templates.missing', {
                          names: filled.missing.map((name) => `{{${name}}}`).join(t('common.listSeparator')),
                        })}
                      </span>
                    )}
                  </button>
                );
              })}
            </li>
          ))}
        </ul>
      )}
    >
      {t('desk.templates.use')}
    </Pop>
  );
}
