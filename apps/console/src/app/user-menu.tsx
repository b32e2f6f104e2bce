import { type Locale, locales } from '@gongzhi/i18n/console-app.ts';
import { Avatar, Icon, notify } from '@gongzhi/ui';
import { BellRing, ChevronDown, KeyRound, Keyboard, LogOut, MonitorX, ShieldCheck } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { api } from '../api.ts';
import { SecondFactorDialog } from '../features/session/second-factor-lazy.tsx';
import { PasswordDialog } from '../features/session/password-dialog.tsx';
import { problemText } from './errors.ts';
import { KeysHelp } from './keys-help.tsx';
import { href, url } from './routes.ts';
import { adopt, startOver, useMe } from './session.tsx';
import { useText } from './text.ts';
import { forgetDrafts } from '../components/draft.ts';
import { overlayRoot } from '../components/overlay-root.ts';
import css from './user-menu.module.css';

/** Who one is here, in which role, in which language; and the way out. */
export function UserMenu() {
  const text = useText();
  const { t, tk } = text;
  const me = useMe();
  const navigate = useNavigate();
  const [isPasswordOpen, setPasswordOpen] = useState(false);
  const [isFactorOpen, setFactorOpen] = useState(false);
  const [isKeysOpen, setKeysOpen] = useState(false);

  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      notify(problemText(error, text), { tone: 'late' });
    }
  };

  const act = (id: string): void => {
    const [what, value = ''] = id.split('/');
    if (what === 'member' && value !== me.acting.id)
      void attempt(async () => {
        await api.actAs(value);
        startOver(href(url.desk()));
      });
    else if (what === 'locale') void attempt(async () => adopt(await api.setLocale(value as Locale)));
    else if (what === 'password') setPasswordOpen(true);
    else if (what === 'factor') setFactorOpen(true);
    else if (what === 'messages') void navigate(url.messageSettings());
    else if (what === 'keys') setKeysOpen(true);
    else if (what === 'out')
      void attempt(async () => {
        await api.signOut();
        forgetDrafts();
        startOver(href(url.signIn()));
      });
    else if (what === 'out-everywhere')
      void attempt(async () => {
        await api.signOutEverywhere();
        forgetDrafts();
        startOver(href(url.signIn()));
      });
  };

  return (
    <>
      <MenuTrigger>
        <Button className={css.trigger ?? ''}>
          <Avatar name={me.account.displayName} size="small" />
          <span className={css.name}>{me.account.displayName}</span>
          <span className="gz-hidden">{t('console.user.menu')}</span>
          <Icon of={ChevronDown} size={16} />
        </Button>
        <Popover
          UNSTABLE_portalContainer={overlayRoot()}
          className={css.popover ?? ''}
          placement="bottom end"
        >
          <Menu className={css.menu ?? ''} onAction={(id) => act(String(id))}>
            {me.memberships.length > 1 && (
              <MenuSection
                selectionMode="single"
                selectedKeys={[`member/${me.acting.id}`]}
                className={css.section ?? ''}
              >
                <Header className={css.header ?? ''}>{t('console.user.actAs')}</Header>
                {me.memberships.map((membership) => (
                  <MenuItem
                    key={membership.id}
                    id={`member/${membership.id}`}
                    className={css.item ?? ''}
                    textValue={membership.scopeName}
                  >
                    <span className={css.tick} aria-hidden="true" />
                    <span>{tk(`roles.${membership.role}`, {}, 'console.role.unknown')}</span>
                    <span className={css.aside}>{membership.scopeName}</span>
                  </MenuItem>
                ))}
              </MenuSection>
            )}
            <MenuSection
              selectionMode="single"
              selectedKeys={[`locale/${text.locale}`]}
              className={css.section ?? ''}
            >
              <Header className={css.header ?? ''}>{t('console.language')}</Header>
              {locales.map((locale) => (
                <MenuItem key={locale} id={`locale/${locale}`} className={css.item ?? ''}>
                  <span className={css.tick} aria-hidden="true" />
                  <span lang={locale}>{t(`locales.${locale}`)}</span>
                </MenuItem>
              ))}
            </MenuSection>
            <Separator className={css.line ?? ''} />
            <MenuItem id="keys" className={css.item ?? ''}>
              <Icon of={Keyboard} size={16} />
              <span>{t('console.keys.title')}</span>
            </MenuItem>
            <MenuItem id="messages" className={css.item ?? ''}>
              <Icon of={BellRing} size={16} />
              <span>{t('messages.title')}</span>
            </MenuItem>
            <MenuItem id="password" className={css.item ?? ''}>
              <Icon of={KeyRound} size={16} />
              <span>{t('console.password.title')}</span>
            </MenuItem>
            <MenuItem id="factor" className={css.item ?? ''}>
              <Icon of={ShieldCheck} size={16} />
              <span>{t('factor.title')}</span>
            </MenuItem>
            <Separator className={css.line ?? ''} />
            <MenuItem id="out" className={css.item ?? ''}>
              <Icon of={LogOut} size={16} />
              <span>{t('console.user.signOut')}</span>
            </MenuItem>
            <MenuItem id="out-everywhere" className={css.item ?? ''}>
              <Icon of={MonitorX} size={16} />
              <span>{t('console.user.signOutEverywhere')}</span>
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <PasswordDialog isOpen={isPasswordOpen} onOpenChange={setPasswordOpen} />
      {isFactorOpen && (
        <SecondFactorDialog
          isOpen
          onClose={() => {
            setFactorOpen(false);
          }}
        />
      )}
      <KeysHelp isOpen={isKeysOpen} onOpenChange={setKeysOpen} />
    </>
  );
}
