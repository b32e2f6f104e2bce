import { Button } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { type SensorRule, type SensorRules, sensingApi } from './api.ts';
import { RuleEditor } from './rule-editor.tsx';
import css from './sensing.module.css';
import { useSensingWords } from './words.ts';
import { Pending } from '../../components/pending.tsx';

/** By which rules devices of a place are judged, and who wrote them. */
export function RulesPanel({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const [open, setOpen] = useState<string | null>(null);
  const rules = useQuery({
    queryKey: [...queryKeys.devices, 'rules', scopeId],
    queryFn: () => sensingApi.rules(scopeId),
  });
  if (!rules.isSuccess) return <Pending of={rules} />;
  const { data } = rules;
  const edited = data.items.find(({ code }) => code === open);
  return (
    <section className={css.part} aria-label={t('sensing.rulesOf', { place: data.scopeName })}>
      <h2 className={css.heading}>{t('sensing.rulesOf', { place: data.scopeName })}</h2>
      <p className={css.quiet}>{t('sensing.rulesWords')}</p>
      <div className={css.scroll} role="group" aria-label={t('sensing.tabs.rules')} tabIndex={0}>
        <RuleTable rules={data} onOpen={setOpen} />
      </div>
      {edited !== undefined && (
        <RuleEditor
          key={edited.code}
          rules={data}
          rule={edited}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </section>
  );
}

function RuleTable({ rules, onOpen }: { rules: SensorRules; onOpen: (code: string) => void }) {
  const { t } = useText();
  const words = useSensingWords();
  const writer = (rule: SensorRule): string =>
    rule.validFrom === null
      ? t('sensing.levels.base')
      : t('sensing.rule.from', { level: t(`sensing.levels.${rule.level}`), date: rule.validFrom });
  return (
    <table className={css.table}>
      <caption className="gz-hidden">{t('sensing.tabs.rules')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('sensing.rule')}</th>
          <th scope="col">{t('sensing.rule.when')}</th>
          <th scope="col">{t('sensing.rule.clear')}</th>
          <th scope="col">{t('sensing.rule.who')}</th>
          {rules.mayEdit && (
            <th scope="col">
              <span className="gz-hidden">{t('sensing.rule.change')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rules.items.map((rule) => {
          const later = rules.upcoming.find(({ code }) => code === rule.code);
          return (
            <tr key={rule.code}>
              <th scope="row">{words.rule(rule.code)}</th>
              <td>
                {words.raise(rule)}
                {later?.validFrom != null && (
                  <span className={css.below}>{t('sensing.rule.upcoming', { date: later.validFrom })}</span>
                )}
              </td>
              <td>{words.clear(rule)}</td>
              <td>
                {writer(rule)}
                {rule.source !== '' && <span className={css.below}>{rule.source}</span>}
              </td>
              {rules.mayEdit && (
                <td>
                  <Button
                    size="small"
                    variant="quiet"
                    aria-label={t('sensing.rule.changing', { rule: words.rule(rule.code) })}
                    onPress={() => {
                      onOpen(rule.code);
                    }}
                  >
                    {t('sensing.rule.change')}
                  </Button>
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
