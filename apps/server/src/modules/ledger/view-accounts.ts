import { page, positionOf } from '../../platform/http/pagination.ts';
import type { EntryRow, PublicationRow, PublishedFigures } from './queries-accounts.ts';

export function entryView({ postingId: _posting, enteredAt, withdrawnAt, fileIds, ...row }: EntryRow) {
  return {
    ...row,
    enteredAt: enteredAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    fileIds: [...fileIds],
  };
}

/** Which of its lines: a place's whole year has more than a page. */
export interface LinesAsked {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}
const LINES_AT_ONCE = 200;

/** The sums are of all lines, whichever of them are shown; in what is published a line keeps its place. */
export function figuresView({ lines, ...figures }: PublishedFigures, asked: LinesAsked) {
  const { limit = LINES_AT_ONCE } = asked;
  const from = Math.max(0, (positionOf(asked.cursor, ['integer'])?.[0] ?? -1) + 1);
  const { items, nextCursor } = page(
    lines.slice(from, from + limit + 1).map((line, at) => ({ line, place: from + at })),
    limit,
    ({ line }) => ({ ...line, fileIds: [...line.fileIds] }),
    ({ place }) => [place],
  );
  return { figures: { ...figures, lines: items, lineCount: lines.length }, nextCursor };
}

export function publicationItem(row: PublicationRow, isStaff: boolean) {
  return {
    id: row.id,
    scopeId: row.scopeId,
    scopeName: row.scopeName,
    companyName: row.companyName,
    fromMonth: row.fromMonth,
    toMonth: row.toMonth,
    version: row.version,
    latestVersion: row.latestVersion,
    reason: row.reason,
    publishedAt: row.publishedAt.toISOString(),
    opening: row.figures.opening,
    closing: row.figures.closing,
    isOutdated: isStaff && row.isOutdated,
  };
}

export function publicationView(
  row: PublicationRow,
  isStaff: boolean,
  versions: readonly { id: string; version: number; reason: string | null; publishedAt: Date }[],
  asked: LinesAsked,
) {
  return {
    ...publicationItem(row, isStaff),
    note: row.note,
    publishedByName: row.publishedByName,
    ...figuresView(row.figures, asked),
    blockNo: row.blockNo,
    head: row.head?.toString('hex') ?? null,
    versions: versions.map(({ publishedAt, ...version }) => ({
      ...version,
      publishedAt: publishedAt.toISOString(),
    })),
  };
}
