import { Button } from '@gongzhi/ui';
import { useText } from '../app/text.ts';

export interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Asks for the next page of a list, while there is one. */
export function More({ list }: { list: Pages }) {
  const { t } = useText();
  return list.hasNextPage ? (
    <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
      {t('common.more')}
    </Button>
  ) : null;
}
