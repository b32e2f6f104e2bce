import { Button, EmptyState, Icon } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Building2, ChevronDown, ChevronRight, Network } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import type { Answer } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import css from './tree.module.css';
import { Pending } from '../../components/pending.tsx';

type Node = Answer<'listTree'>['items'][number];
type By = 'place' | 'company';
const PAGE = 50;

/** A level is read when it is opened: a city's tree is never whole on a page. */
function useLevel(by: By, under: string | null, words: string) {
  const level = useInfiniteQuery({
    queryKey: queryKeys.tree(by, under, words),
    queryFn: ({ pageParam, signal }) =>
      api.tree(
        {
          by,
          limit: PAGE,
          ...(under === null ? {} : { under }),
          ...(words === '' ? {} : { q: words }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  return { level, nodes: level.data?.pages.flatMap((page) => page.items) ?? [] };
}

export function OrganisationTree({ by, words }: { by: By; words: string }) {
  const { t } = useText();
  const { level, nodes } = useLevel(by, null, words);
  if (!level.isSuccess) return <Pending of={level} />;
  if (nodes.length === 0)
    return <EmptyState icon={Network} title={t('orgTree.none')} text={t('orgTree.noneWords')} />;
  return (
    <section aria-label={t('orgTree.tree')}>
      <ul className={css.tree}>
        {nodes.map((node) => (
          // One node alone is what one came for: it stands open.
          <Branch key={node.id} node={node} by={by} isOpenAtFirst={nodes.length === 1 && words === ''} />
        ))}
      </ul>
      <More level={level} />
    </section>
  );
}

function More({ level }: { level: ReturnType<typeof useLevel>['level'] }) {
  const { t } = useText();
  if (!level.hasNextPage) return null;
  return (
    <Button size="small" isBusy={level.isFetchingNextPage} onPress={() => void level.fetchNextPage()}>
      {t('orgTree.more')}
    </Button>
  );
}

function Branch({ node, by, isOpenAtFirst }: { node: Node; by: By; isOpenAtFirst: boolean }) {
  const { t, tk } = useText();
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const isLeaf = node.compounds === null;
  const { name } = node;
  return (
    <li>
      <div className={css.row}>
        {isLeaf ? (
          <span className={css.mark}>
            <Icon of={Building2} size={16} />
          </span>
        ) : (
          <button
            type="button"
            className={css.toggle}
            aria-expanded={isOpen}
            aria-label={t(isOpen ? 'orgTree.close' : 'orgTree.open', { name })}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            <Icon of={isOpen ? ChevronDown : ChevronRight} size={16} />
          </button>
        )}
        <span className={css.name}>
          <Place node={node} />
          <span className={css.kind}>{tk(`scopeKinds.${node.kind}`)}</span>
        </span>
        {isLeaf && <Served node={node} by={by} />}
        <span className={css.counts}>
          {node.compounds !== null && (
            <button
              type="button"
              className={css.count}
              aria-expanded={isOpen}
              aria-label={t('orgTree.compoundsOf', { name, count: node.compounds })}
              onClick={() => {
                setOpen(!isOpen);
              }}
            >
              {t('orgTree.compounds', { count: node.compounds })}
            </button>
          )}
          <Staff node={node} />
          {node.households !== null && (
            <Link
              {...url.places({ scope: node.id, tab: 'buildings' })}
              className={css.count}
              aria-label={t('orgTree.householdsOf', { name, count: node.households })}
            >
              {t('orgTree.households', { count: node.households })}
            </Link>
          )}
        </span>
      </div>
      {isOpen && !isLeaf && <Under node={node} by={by} />}
    </li>
  );
}

/** Its own page, where there is one within reach. */
function Place({ node }: { node: Node }) {
  return (
    <Link {...url.places({ scope: node.id })} className={css.place}>
      {node.name}
    </Link>
  );
}

function Served({ node, by }: { node: Node; by: By }) {
  const { t } = useText();
  if (node.company === null) return <span className={css.meta}>{t('orgTree.nobody')}</span>;
  const who = by === 'place' ? [node.company.name, node.department?.name] : [];
  const since = node.servedSince === null ? null : t('orgTree.since', { date: node.servedSince });
  return (
    <Link {...url.places({ scope: node.id, tab: 'service' })} className={css.meta}>
      {[...who, since ?? (by === 'company' ? t('console.places.tab.service') : null)]
        .filter((word) => word != null)
        .join(' · ')}
    </Link>
  );
}

function Staff({ node }: { node: Node }) {
  const { t } = useText();
  const may = useMay('staff.list');
  if (node.staff === null || node.staff === 0) return null;
  const words = t('orgTree.staff', { count: node.staff });
  return may ? (
    <Link
      {...url.places({ scope: node.id, tab: 'staff' })}
      className={css.count}
      aria-label={t('orgTree.staffOf', { name: node.name, count: node.staff })}
    >
      {words}
    </Link>
  ) : (
    <span>{words}</span>
  );
}

function Under({ node, by }: { node: Node; by: By }) {
  const { t } = useText();
  const { level, nodes } = useLevel(by, node.id, '');
  if (!level.isSuccess) return <Pending of={level} lines={3} />;
  if (nodes.length === 0) return <p className={css.meta}>{t('orgTree.empty')}</p>;
  return (
    <div className={css.under}>
      <ul className={css.tree} aria-label={node.name}>
        {nodes.map((child) => (
          <Branch key={child.id} node={child} by={by} isOpenAtFirst={nodes.length === 1} />
        ))}
      </ul>
      <More level={level} />
    </div>
  );
}
