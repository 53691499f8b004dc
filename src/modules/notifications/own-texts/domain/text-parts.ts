import type { MessageText } from '../../templates/engine.js';

/** The parts of a text that a school may write itself. Its facts, its list and where its button leads stay as they are. */
export interface TextParts {
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  /** What stands on the button; null for a kind without one. */
  readonly actionLabel: string | null;
  /** Null for a kind that goes by e-mail alone. */
  readonly sms: string | null;
}

export function partsOf({ subject, heading, paragraphs, action, sms }: MessageText): TextParts {
  return { subject, heading, paragraphs, actionLabel: action?.label ?? null, sms: sms ?? null };
}

/** The text with other words in those parts. */
export function withParts(
  text: MessageText,
  { subject, heading, paragraphs, actionLabel, sms }: TextParts,
): MessageText {
  return {
    ...text,
    subject,
    heading,
    paragraphs,
    ...(text.action && actionLabel !== null && { action: { ...text.action, label: actionLabel } }),
    ...(text.sms !== undefined && sms !== null && { sms }),
  };
}

/** Each part by the path a request names it by, with its words. */
export function fieldsOf(parts: TextParts): (readonly [field: string, source: string])[] {
  const { subject, heading, paragraphs, actionLabel, sms } = parts;
  const optional = Object.entries({ actionLabel, sms }).filter((each): each is [string, string] => each[1] !== null);
  return [
    ['subject', subject],
    ['heading', heading],
    ...paragraphs.map((each, index) => [`paragraphs.${index}`, each] as const),
    ...optional,
  ];
}
