import type { MessageTemplate } from './engine.js';
import type { LessonsView } from './lessons-view.js';

export const teacherLessonsBooked: MessageTemplate<LessonsView> = {
  da: {
    subject: 'Nye bookinger: <%= it.lessons.count %> fra <%= it.lessons.first %>',
    heading: 'Nye bookinger i din kalender',
    paragraphs: ['Hej <%= it.reader.name %>', '<%= it.lessons.count %> er booket hos dig.'],
    list: '<%= it.lessons.lines %>',
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> er booket hos dig, den første <%= it.lessons.first %>.',
  },
  en: {
    subject: 'New bookings: <%= it.lessons.count %> from <%= it.lessons.first %>',
    heading: 'New bookings in your diary',
    paragraphs: ['Hi <%= it.reader.name %>', '<%= it.lessons.count %> are booked with you.'],
    list: '<%= it.lessons.lines %>',
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> booked with you, the first <%= it.lessons.first %>.',
  },
};

export const teacherLessonsMoved: MessageTemplate<LessonsView> = {
  da: {
    subject: 'Flyttet: <%= it.lessons.count %>, den første er nu <%= it.lessons.first %>',
    heading: 'Lektioner er flyttet',
    paragraphs: ['Hej <%= it.reader.name %>', '<%= it.lessons.count %> i din kalender er flyttet.'],
    list: '<%= it.lessons.lines %>',
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> i din kalender er flyttet, den første er nu <%= it.lessons.first %>.',
  },
  en: {
    subject: 'Moved: <%= it.lessons.count %>, the first is now <%= it.lessons.first %>',
    heading: 'Lessons have been moved',
    paragraphs: ['Hi <%= it.reader.name %>', '<%= it.lessons.count %> in your diary have been moved.'],
    list: '<%= it.lessons.lines %>',
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> in your diary moved, the first is now <%= it.lessons.first %>.',
  },
};

export const teacherLessonsCancelled: MessageTemplate<LessonsView> = {
  da: {
    subject: 'Aflyst: <%= it.lessons.count %> fra <%= it.lessons.first %>',
    heading: 'Lektioner er aflyst',
    paragraphs: ['Hej <%= it.reader.name %>', '<%= it.lessons.count %> er aflyst, og tiderne er fri igen.'],
    list: '<%= it.lessons.lines %>',
    facts: [
      ['Grund', '<%= it.lessons.cancelReason %>'],
      ['Gebyr', '<%= it.lessons.fee %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> fra <%= it.lessons.first %> er aflyst.',
  },
  en: {
    subject: 'Cancelled: <%= it.lessons.count %> from <%= it.lessons.first %>',
    heading: 'Lessons are cancelled',
    paragraphs: ['Hi <%= it.reader.name %>', '<%= it.lessons.count %> are cancelled and the times are free again.'],
    list: '<%= it.lessons.lines %>',
    facts: [
      ['Reason', '<%= it.lessons.cancelReason %>'],
      ['Fee', '<%= it.lessons.fee %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> from <%= it.lessons.first %> cancelled.',
  },
};
