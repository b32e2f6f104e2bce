import type { Labels } from '../message.ts';
import type { dispatchSharedLabels as zh } from '../zh-CN/dispatch-shared.ts';

export const dispatchSharedLabels = {
  'errors.dispatch.stale': 'Somebody has just changed this shift. Refresh and try again',
  'errors.dispatch.rule_stale': '{name} has just changed this. Look at what holds now, then save.',
  'fieldErrors.grab_of_company': 'Only the company itself decides on grabbing',
  'fieldErrors.not_later': 'It has to be later than the step before',
  'fieldErrors.named_twice': 'They are told in an earlier step already',
  'fieldErrors.street_missing':
    'The street must hear when nobody comes to an emergency: add the street office',
  'errors.dispatch.span_wrong':
    'These hours will not do: the end comes after the beginning, a shift takes at most 24 hours, overtime 12',
  'errors.dispatch.shift_overlaps': 'One day’s shift is not over when the next begins',
  'errors.dispatch.no_shift_that_day': 'There is no shift on that day',
  'errors.dispatch.already_on_shift': 'There is a shift at that time already',
  'errors.dispatch.same_person': 'Nobody swaps with themselves',
  'errors.dispatch.person_unknown': 'Nobody of this department, or they have left',
  'errors.dispatch.pattern_unknown': 'No such shift pattern, or it is out of use',
  'errors.dispatch.place_unknown': 'This compound or grid is not the department’s',
  'errors.dispatch.day_changed_already': 'That day has been taken off or given away already',
  'errors.dispatch.not_on_shift': 'You are not on shift: where you are is not kept',
  'errors.dispatch.file_unreadable': 'This file can’t be read. Save it as XLSX or CSV and send it again.',
  'errors.dispatch.too_many_rows': 'At most {limit} rows at once; please split the file.',
  'errors.dispatch.columns_missing': 'Some columns are still missing. Say which is which first.',
  'dispatch.duty.on': 'On shift',
  'dispatch.duty.standby': 'On call',
  'dispatch.duty.off': 'Off shift',
  'dispatch.duty.away': 'On leave',
  'dispatch.duty.unplanned': 'No roster',
  'errors.dispatch.taken': 'Somebody else has it already',
  'errors.dispatch.offer_gone': 'The time to take it is over',
  'errors.dispatch.not_asked': 'You were not asked to take this one',
  'errors.dispatch.not_watched': 'It has been taken: there is nothing to see to',
  'errors.dispatch.not_told': 'You have not been told of it yet: there is nothing to see to',
  'errors.dispatch.held_already': 'Somebody has held up this step already; it cannot be held up again',
  'inbox.dispatch.offered': 'Will you take this one? {title} ({number})',
  'inbox.dispatch.emergency': 'Emergency, whoever takes it first goes: {title} ({number})',
  'inbox.dispatch.exhausted': 'Nobody is left to ask just now; please assign: {title} ({number})',
  'inbox.dispatch.not_there.unclaimed': {
    one: 'Nobody on site after {count} minute, and nobody has taken it: {title} ({number})',
    other: 'Nobody on site after {count} minutes, and nobody has taken it: {title} ({number})',
  },
  'inbox.dispatch.not_there.not_departed': {
    one: 'Nobody on site after {count} minute; taken, not yet on the way: {title} ({number})',
    other: 'Nobody on site after {count} minutes; taken, not yet on the way: {title} ({number})',
  },
  'inbox.dispatch.not_there.on_the_way': {
    one: 'Nobody on site after {count} minute; still on the way: {title} ({number})',
    other: 'Nobody on site after {count} minutes; still on the way: {title} ({number})',
  },
  'inbox.dispatch.not_there.paused': {
    one: 'Nobody on site after {count} minute; it is paused: {title} ({number})',
    other: 'Nobody on site after {count} minutes; it is paused: {title} ({number})',
  },
  'inbox.dispatch.refused': 'Emergency, and everybody who could go has said no: {title} ({number})',
  'inbox.dispatch.held': {
    one: 'Somebody sees to it; you are told if nobody has it in {count} minute: {title} ({number})',
    other: 'Somebody sees to it; you are told if nobody has it in {count} minutes: {title} ({number})',
  },
  'inbox.dispatch.nobody': {
    one: 'Nobody has taken it for {count} minute: {title} ({number})',
    other: 'Nobody has taken it for {count} minutes: {title} ({number})',
  },
} as const satisfies Labels<typeof zh>;
