import type { MessageTemplate, MessageText } from './engine.js';

/** What the school's staff have written, filled in for the reader. */
export interface AnnouncementView {
  readonly announcement: { readonly subject: string; readonly text: string; readonly sms: string };
}

const text: MessageText = {
  subject: '{{ announcement.subject }}',
  heading: '{{ announcement.subject }}',
  paragraphs: ['{{ announcement.text }}'],
  sms: '{{ sender.name }}: {{ announcement.sms }}',
};

export const announcement: MessageTemplate<AnnouncementView> = {
  sample: ({ locale }) => ({
    announcement:
      locale === 'da'
        ? {
            subject: 'Lukket i uge 7',
            text: 'Hej Freja\n\nVi holder lukket i uge 7.',
            sms: 'Vi holder lukket i uge 7.',
          }
        : {
            subject: 'Closed in week 7',
            text: 'Hi Freja\n\nWe are closed in week 7.',
            sms: 'We are closed in week 7.',
          },
  }),
  da: text,
  en: text,
};
