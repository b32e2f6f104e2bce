export { isOverwritten, LONGEST, readAnswer, standingOf, validUntil } from './domain/answers.ts';
export {
  type Asked,
  type Column,
  columnsOf,
  faultsOf,
  type Fault,
  FORM_STATES,
  type FormState,
  keyOf,
  QUESTION_TYPES,
  type Question,
  questionsOf,
  type QuestionType,
  type Subject,
  wayOf,
  type WishedColumn,
} from './domain/definition.ts';
export {
  credited,
  decide,
  isFillable,
  MOST_AT_ONCE,
  TASK_STATES,
  type TaskAction,
  type TaskState,
  type Telling,
  TELLINGS,
  tellingAfter,
} from './domain/task.ts';
export { normalised } from './domain/words.ts';
