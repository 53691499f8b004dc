import type { MessageTemplate, View } from '../../templates/engine.js';
import { Wording, type Locale } from '../../templates/wording.js';

export interface TextVariable {
  /** As a text names it between double braces: `lesson.moment`. */
  readonly name: string;
  readonly example: string;
}

const sender = {
  name: 'Nordhavn Køreskole',
  email: 'post@nordhavn.example',
  phone: '+4533112233',
  address: 'Havnegade 1, 2150 Nordhavn',
};

/** What an example of the kind is filled with. */
export function sampleView(template: MessageTemplate, locale: Locale, from: View['sender'] = sender): View {
  const data = template.sample(new Wording(locale, 'Europe/Copenhagen'));
  return { ...data, sender: from, reader: { name: 'Sofie Holm' } };
}

/** What the texts of a kind may name: whatever its messages ever have, which is what its sample has. */
export function variablesOf(template: MessageTemplate, locale: Locale): TextVariable[] {
  return leavesOf('', sampleView(template, locale)).filter(({ example }) => example !== '');
}

function leavesOf(path: string, value: unknown): TextVariable[] {
  if (typeof value !== 'object' || value === null) return [{ name: path, example: String(value) }];
  return Object.entries(value).flatMap(([name, each]) => leavesOf(path ? `${path}.${name}` : name, each));
}
