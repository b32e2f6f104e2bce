import type { Labels } from '../message.ts';
import type { reportingLabels as chinese } from '../zh-CN/reporting.ts';

/** Reporting in full: following, appointments, voice, complaints about staff. What both apps show. */
export const reportingLabels = {
  'relations.follower': 'Neighbour who follows it',
  'actions.offer_windows': 'Say when you are at home',
  'actions.make_appointment': 'Make an appointment',
  'actions.agree_appointment': 'This time suits me',
  'actions.nobody_home': 'Nobody at home',

  'reasons.not_at_home': 'This is not in a home; no appointment is needed',
  'reasons.emergency_no_appointment': 'Emergencies and matters with a deadline wait for no appointment',
  'reasons.nothing_to_agree': 'No time waits for your answer',
  'reasons.windows_required': 'Choose between one and five times',
  'reasons.window_length': 'A time must be between half an hour and twelve hours long',
  'reasons.window_past': 'This time has passed',
  'reasons.window_too_far': 'At most thirty days ahead',
  'reasons.window_hours': 'Nobody visits at this hour; choose the day or the evening until nine',
  'reasons.accused_not_used': 'Only a complaint about staff says whom it is about',
  'reasons.assignee_is_accused': 'The complaint is about this very person',
  'reasons.accused_needs_manager': 'A complaint about a colleague is handled by a manager only',
  'reasons.accused_not_moved': 'A complaint about staff stays with the manager here',
  'reasons.accused_stays_confidential': 'A complaint about staff must stay in a confidential category',

  'errors.work_order.not_followable': 'This cannot be followed: it is over, or you reported it yourself',
  'errors.work_order.accused_unknown': 'Whom this is about was not found. Choose a visit, or another person',

  'events.work_order.windows_offered': '{actor} can be at home: {span}',
  'events.work_order.windows_offered.several': '{actor} named {count} times to be at home, first {span}',
  'events.work_order.appointment_made': 'A visit is proposed for {span}',
  'events.work_order.appointment_made.agreed': 'A visit is agreed for {span}',
  'events.work_order.appointment_agreed': '{actor} agreed to a visit: {span}',
  'events.work_order.nobody_home': '{actor} came and nobody was at home',
  'inbox.work_order.windows_offered': '“{title}”: the resident can be at home {span}',
  'inbox.work_order.appointment_made': '“{title}”: does a visit {span} suit you?',
  'agreedInbox.work_order.appointment_made': '“{title}”: a visit is agreed for {span}',
  'inbox.work_order.appointment_agreed': '“{title}”: the resident agreed to {span}',
  'inbox.work_order.nobody_home': '“{title}”: somebody came and nobody was at home. Please name another time',
  'followedInbox.work_order.resumed': '“{title}”, which you follow, goes on',
  'followedInbox.work_order.accepted': '“{title}”, which you follow, has been taken on',
  'followedInbox.work_order.paused': '“{title}”, which you follow, is paused',
  'followedInbox.work_order.finished': '“{title}”, which you follow, is done',
  'followedInbox.work_order.closed': '“{title}”, which you follow, is closed',
  'followedInbox.work_order.force_closed': '“{title}”, which you follow, is closed',
  'followedInbox.work_order.cancelled':
    '“{title}”, which you follow, was cancelled. If it still matters, report it',
  'followedInbox.work_order.referred': '“{title}”, which you follow, was passed to somebody else',
  'followedInbox.work_order.reopened': '“{title}”, which you follow, is open again',
  'followedInbox.work_order.disputed': '“{title}”, which you follow, was not settled and goes on',
} satisfies Labels<typeof chinese>;
