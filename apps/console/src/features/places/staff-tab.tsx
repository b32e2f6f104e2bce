import { Avatar, EmptyState } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { api } from '../../api.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import css from './cards.module.css';
import { Pending } from '../../components/pending.tsx';

/** Who works there, as what, and what they can do. */
export function StaffTab({ scopeId }: { scopeId: string }) {
  const { t, tk } = useText();
  const staff = useQuery({ queryKey: queryKeys.staff(scopeId), queryFn: () => api.staff(scopeId) });
  if (!staff.isSuccess) return <Pending of={staff} lines={4} />;
  if (staff.data.items.length === 0) return <EmptyState icon={Users} title={t('console.places.noStaff')} />;
  const roles = [...new Set(staff.data.items.map(({ role }) => role))];
  return (
    <>
      {roles.map((role) => (
        <section
          key={role}
          className={css.group}
          aria-label={tk(`roles.${role}`, {}, 'console.role.unknown')}
        >
          <h3 className={css.heading}>{tk(`roles.${role}`, {}, 'console.role.unknown')}</h3>
          <ul className={css.cards}>
            {staff.data.items
              .filter((member) => member.role === role)
              .map((member) => (
                <li key={member.staffId} className={css.person}>
                  <Avatar name={member.displayName} size="small" />
                  <span className={css.words}>
                    <span className={css.name}>{member.displayName}</span>
                    <span className={css.meta}>
                      {[member.title, ...member.skills.map((skill) => tk(`skills.${skill}`))].join(' · ')}
                    </span>
                  </span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}
