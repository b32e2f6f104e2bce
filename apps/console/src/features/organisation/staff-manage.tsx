import { type Skill, SKILLS } from '@gongzhi/kernel/skills.ts';
import { Button, Checkbox, Dialog, EmptyState, notify, Select, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Answer, Body } from '../../api-types.ts';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import css from './organisation.module.css';
import { useSend } from './use-send.ts';
import { Pending } from '../../components/pending.tsx';

type Entry = Answer<'listStaffEntries'>['items'][number];
type StaffRole = Answer<'listStaffEntries'>['roles'][number];
type StaffBody = Body<'commandStaff'>;

/** The staff of one employer as its managers keep it. */
export function StaffManage({ scopeId }: { scopeId: string }) {
  const { t, tk, number } = useText();
  const staff = useQuery({
    queryKey: queryKeys.staffEntries(scopeId),
    queryFn: () => api.staffEntries(scopeId),
  });
  const [isAdding, setAdding] = useState(false);
  const [editedId, setEditedId] = useState<string | null>(null);
  const [showsLeft, setShowsLeft] = useState(false);
  if (!staff.isSuccess) return <Pending of={staff} lines={6} />;
  const { items, roles } = staff.data;
  const left = items.filter((entry) => !entry.isHere && entry.lastDay !== null);
  const shown = showsLeft ? items : items.filter((entry) => !left.includes(entry));
  const edited = items.find(({ staffId }) => staffId === editedId);
  return (
    <>
      <div className={css.head}>
        <Button
          variant="primary"
          onPress={() => {
            setAdding(true);
          }}
        >
          {t('staffing.add')}
        </Button>
        {left.length > 0 && (
          <Checkbox isSelected={showsLeft} onChange={setShowsLeft}>
            {t('staffing.showLeft', { count: number(left.length) })}
          </Checkbox>
        )}
      </div>
      {shown.length === 0 && <EmptyState icon={Users} title={t('staffing.none')} />}
      {shown.length > 0 && (
        <div className={css.scroll} tabIndex={0} role="group" aria-label={staff.data.scopeName}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('staffing.name')}</th>
                <th scope="col">{t('staffing.role')}</th>
                <th scope="col">{t('staffing.phone')}</th>
                <th scope="col">{t('staffing.skills')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {shown.map((entry) => (
                <tr key={entry.staffId} className={entry.isHere ? undefined : css.gone}>
                  <th scope="row">
                    {entry.displayName} <span className={css.meta}>{entry.title}</span>
                  </th>
                  <td>
                    {tk(`roles.${entry.role}`, {}, 'console.role.unknown')}{' '}
                    <span className={css.meta}>
                      {entry.lastDay !== null
                        ? t(entry.isHere ? 'staffing.until' : 'staffing.left', { date: entry.lastDay })
                        : entry.isHere
                          ? ''
                          : t('staffing.from', { date: entry.startsOn })}
                    </span>
                  </td>
                  <td>
                    {entry.phoneMasked}{' '}
                    {entry.hasSecondFactor && <span className={css.meta}>{t('staffing.factorOn')}</span>}
                  </td>
                  <td>
                    <Skills entry={entry} />
                  </td>
                  <td>
                    {entry.mayChange && (
                      <Button
                        size="small"
                        aria-label={t('staffing.editOf', { name: entry.displayName })}
                        onPress={() => {
                          setEditedId(entry.staffId);
                        }}
                      >
                        {t('staffing.edit')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isAdding && (
        <Add
          scopeId={scopeId}
          roles={roles}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {edited !== undefined && (
        <Edit
          entry={edited}
          roles={roles}
          onClose={() => {
            setEditedId(null);
          }}
        />
      )}
    </>
  );
}

function Skills({ entry }: { entry: Entry }) {
  const { t, tk } = useText();
  return (
    <>
      {entry.skills.map((skill, i) => (
        <span key={skill.skill} className={skill.isValid ? undefined : css.lapsed}>
          {i > 0 && ' · '}
          {tk(`skills.${skill.skill}`)}
          {!skill.isValid && ` (${t('staffing.lapsed')})`}
        </span>
      ))}
    </>
  );
}

const changed = (scopeId: string): void => {
  void queryClient.invalidateQueries({ queryKey: queryKeys.staffEntries(scopeId) });
  void queryClient.invalidateQueries({ queryKey: queryKeys.staff(scopeId) });
};

function Add({
  scopeId,
  roles,
  onClose,
}: {
  scopeId: string;
  roles: readonly StaffRole[];
  onClose: () => void;
}) {
  const { t } = useText();
  const [draft, setDraft] = useState({ phone: '', displayName: '', title: '', role: roles[0] ?? 'worker' });
  const { isBusy, error, send } = useSend();
  const isWhole = [draft.phone, draft.displayName, draft.title].every((part) => part.trim() !== '');
  const submit = async (): Promise<void> => {
    const body = { scopeId, ...draft };
    if ((await send(body, (key) => api.hireStaff(body, key))) === undefined) return;
    notify(t('staffing.added', { name: draft.displayName }));
    changed(scopeId);
    onClose();
  };
  return (
    <FormDialog
      title={t('staffing.add')}
      send={t('staffing.addDo')}
      isWhole={isWhole}
      isBusy={isBusy}
      error={error}
      onSend={submit}
      onClose={onClose}
    >
      <TextField
        label={t('staffing.phone')}
        type="tel"
        inputMode="tel"
        value={draft.phone}
        onChange={(phone) => {
          setDraft({ ...draft, phone });
        }}
      />
      <TextField
        label={t('staffing.name')}
        maxLength={40}
        value={draft.displayName}
        onChange={(displayName) => {
          setDraft({ ...draft, displayName });
        }}
      />
      <TextField
        label={t('staffing.title')}
        maxLength={40}
        value={draft.title}
        onChange={(title) => {
          setDraft({ ...draft, title });
        }}
      />
      <RoleSelect
        roles={roles}
        value={draft.role}
        onChange={(role) => {
          setDraft({ ...draft, role });
        }}
      />
    </FormDialog>
  );
}

function RoleSelect({
  roles,
  value,
  onChange,
}: {
  roles: readonly StaffRole[];
  value: string;
  onChange: (role: StaffRole) => void;
}) {
  const { t, tk } = useText();
  return (
    <Select
      label={t('staffing.role')}
      options={roles.map((role) => ({ value: role, label: tk(`roles.${role}`) }))}
      value={value}
      onChange={(role) => {
        onChange(role as StaffRole);
      }}
    />
  );
}

/** Everything about one person's post; each part is its own act, recorded with who did it. */
function Edit({ entry, roles, onClose }: { entry: Entry; roles: readonly StaffRole[]; onClose: () => void }) {
  const { t, tk } = useText();
  const { scopeId, staffId, version } = entry;
  const [name, setName] = useState(entry.displayName);
  const [title, setTitle] = useState(entry.title);
  const [role, setRole] = useState<string>(entry.role);
  const [lastDay, setLastDay] = useState(entry.lastDay ?? '');
  const [skill, setSkill] = useState<Skill>('plumbing');
  const [certificate, setCertificate] = useState('');
  const [validUntil, setValidUntil] = useState('');
  const { isBusy, error, send } = useSend();
  const act = async (body: StaffBody): Promise<void> => {
    if ((await send(body, (key) => api.commandStaff(scopeId, staffId, body, key))) === undefined) {
      changed(scopeId);
      return;
    }
    notify(t('staffing.changed'));
    changed(scopeId);
  };
  const base = { expectedVersion: version };
  return (
    <Dialog title={t('staffing.editOf', { name: entry.displayName })} isOpen isAlert onOpenChange={onClose}>
      <div className={css.form}>
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
        <TextField label={t('staffing.name')} maxLength={40} value={name} onChange={setName} />
        <TextField label={t('staffing.title')} maxLength={40} value={title} onChange={setTitle} />
        <div className={css.line}>
          <Button
            isBusy={isBusy}
            isDisabled={
              name.trim() === '' ||
              title.trim() === '' ||
              (name === entry.displayName && title === entry.title)
            }
            onPress={() => void act({ action: 'rename', ...base, displayName: name, title })}
          >
            {t('staffing.save')}
          </Button>
        </div>
        <div className={css.part}>
          <RoleSelect roles={roles} value={role} onChange={setRole} />
          <div className={css.line}>
            <Button
              isBusy={isBusy}
              isDisabled={role === entry.role}
              onPress={() => void act({ action: 'change_role', ...base, role: role as StaffRole })}
            >
              {t('staffing.changeRole')}
            </Button>
          </div>
        </div>
        <div className={css.part}>
          <h3 className={css.heading}>{t('staffing.skills')}</h3>
          <ul>
            {entry.skills.map((one) => (
              <li key={one.skill} className={css.line}>
                <span className={one.isValid ? undefined : css.lapsed}>
                  {[
                    tk(`skills.${one.skill}`),
                    one.certificateNo,
                    one.validUntil === null ? null : t('staffing.validTo', { date: one.validUntil }),
                    one.isValid ? null : t('staffing.lapsed'),
                  ]
                    .filter((part) => part !== null && part !== '')
                    .join(' · ')}
                </span>
                {one.isValid && (
                  <Button
                    size="small"
                    variant="quiet"
                    isBusy={isBusy}
                    onPress={() => void act({ action: 'end_skill', ...base, skill: one.skill as Skill })}
                  >
                    {t('staffing.endSkill', { skill: tk(`skills.${one.skill}`) })}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <Select
            label={t('staffing.skill')}
            options={SKILLS.map((value) => ({ value, label: tk(`skills.${value}`) }))}
            value={skill}
            onChange={(next) => {
              setSkill(next as Skill);
            }}
          />
          <TextField
            label={t('staffing.certificate')}
            maxLength={60}
            value={certificate}
            onChange={setCertificate}
          />
          <TextField
            label={t('staffing.validUntil')}
            type="date"
            value={validUntil}
            onChange={setValidUntil}
          />
          <div className={css.line}>
            <Button
              isBusy={isBusy}
              onPress={() =>
                void act({
                  action: 'set_skill',
                  ...base,
                  skill,
                  certificateNo: certificate.trim() === '' ? null : certificate,
                  validUntil: validUntil === '' ? null : validUntil,
                })
              }
            >
              {t('staffing.addSkill')}
            </Button>
          </div>
        </div>
        {entry.hasSecondFactor && (
          <div className={css.part}>
            <p className={css.meta}>{t('staffing.resetWords')}</p>
            <div className={css.line}>
              <Button isBusy={isBusy} onPress={() => void act({ action: 'reset_second_factor', ...base })}>
                {t('staffing.resetFactor')}
              </Button>
            </div>
          </div>
        )}
        <div className={css.part}>
          <TextField
            label={t('staffing.lastDay')}
            description={t('staffing.endWords')}
            type="date"
            value={lastDay}
            onChange={setLastDay}
          />
          <div className={css.line}>
            <Button
              variant="danger"
              isBusy={isBusy}
              isDisabled={lastDay === '' || lastDay === entry.lastDay}
              onPress={() => void act({ action: 'end', ...base, lastDay })}
            >
              {t('staffing.end')}
            </Button>
            {entry.lastDay !== null && entry.isHere && (
              <Button isBusy={isBusy} onPress={() => void act({ action: 'end', ...base, lastDay: null })}>
                {t('staffing.keep')}
              </Button>
            )}
          </div>
        </div>
      </div>
    </Dialog>
  );
}
