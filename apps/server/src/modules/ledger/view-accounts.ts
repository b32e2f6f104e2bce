import type { EntryRow, PublicationRow, PublishedFigures } from './queries-accounts.ts';

export function entryView({ postingId: _posting, enteredAt, withdrawnAt, fileIds, ...row }: EntryRow) {
  return {
    ...row,
    enteredAt: enteredAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
    fileIds: [...fileIds],
  };
}

export function figuresView({ lines, ...figures }: PublishedFigures) {
  return { ...figures, lines: lines.map((line) => ({ ...line, fileIds: [...line.fileIds] })) };
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
) {
  return {
    ...publicationItem(row, isStaff),
    note: row.note,
    publishedByName: row.publishedByName,
    figures: figuresView(row.figures),
    blockNo: row.blockNo,
    head: row.head?.toString('hex') ?? null,
    versions: versions.map(({ publishedAt, ...version }) => ({
      ...version,
      publishedAt: publishedAt.toISOString(),
    })),
  };
}
