import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { Button } from '@gongzhi/ui/Button.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api.ts';
import type { Me } from '../../api-types.ts';
import { useWords } from '../../app/words.ts';
import { answerAgain } from './again.ts';
import { homeOf, takeMe, useMe } from './me.ts';
import { SignInForm } from './SignInForm.tsx';

/** Over the page, which stays as it is underneath: what was typed is still there when one is back. */
export function SignInSheet() {
  const { t } = useWords();
  const client = useQueryClient();
  const before = useMe();
  const options = useQuery({ queryKey: ['auth-options'], queryFn: api.authOptions, staleTime: 60_000 });
  const persona = options.data?.personas.find(({ name }) => name === before.account.displayName);
  const signedIn = (me: Me): void => {
    const isSame = me.account.id === before.account.id;
    answerAgain(isSame);
    if (isSame) {
      takeMe(client, me);
      void client.invalidateQueries();
    } else {
      // Somebody else: nothing of the page underneath is theirs.
      window.location.assign(homeOf(me.acting.role));
    }
  };
  const enter = useMutation({
    mutationFn: api.enterAs,
    onSuccess: signedIn,
  });
  return (
    <Sheet
      title={t('mobile.signIn.againTitle')}
      isOpen
      onOpenChange={() => {
        answerAgain(false);
      }}
    >
      <p>{t('mobile.signIn.againText')}</p>
      {persona !== undefined && (
        <Button
          isWide
          isBusy={enter.isPending}
          onPress={() => {
            enter.mutate(persona.id);
          }}
        >
          {t('mobile.signIn.againAs', { name: persona.name })}
        </Button>
      )}
      <SignInForm onSignedIn={signedIn} />
    </Sheet>
  );
}
