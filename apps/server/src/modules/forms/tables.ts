import type { Column, FormState, Subject, TaskState, Telling } from './domain.ts';

/** Rows of schema forms. */

/** What a form says, in its office and before each place alike. */
export interface Wording {
  readonly title: string;
  readonly authority: string;
  readonly documentNo: string;
  readonly revision: number;
  readonly subject: Subject;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly dueOn: string;
  readonly columns: readonly Column[];
}

export interface FormRow extends Wording {
  readonly scopeId: string;
  readonly id: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly state: FormState;
  readonly revisesId: string | null;
  readonly authorAccountId: string;
  readonly authorName: string;
  readonly publishedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawReason: string | null;
  readonly version: number;
  readonly updatedAt: Date;
}

export interface TaskRow extends Wording {
  readonly scopeId: string;
  readonly formId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly scopeName: string;
  readonly formScopeId: string;
  readonly state: TaskState;
  readonly publishedAt: Date;
  readonly submittedAt: Date | null;
  readonly submittedBy: string | null;
  readonly submittedByName: string | null;
  readonly decidedAt: Date | null;
  readonly decidedByName: string | null;
  readonly returnReason: string | null;
  readonly version: number;
}

/** Whose hand it was, and when. */
export interface Touch {
  readonly answeredAt: Date;
  readonly answeredBy: string;
  readonly answeredByName: string | null;
  /** In what role. */
  readonly answeredAs: string | null;
}

export interface AnswerRow extends Touch {
  readonly formId: string;
  readonly subjectId: string;
  readonly key: string;
  readonly valueCipher: Buffer;
  readonly answeredOn: string;
  readonly validUntil: string;
}

export interface TellingRow {
  readonly scopeId: string;
  readonly formId: string;
  readonly cityId: string | null;
  readonly streetId: string | null;
  readonly dueOn: string;
  readonly telling: Telling;
  readonly submittedBy: string | null;
}
