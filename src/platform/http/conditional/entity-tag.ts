import { hash } from 'node:crypto';

/** The strong entity tag of an answer: other text, other tag. It names the JSON itself, however it is packed on its way. */
export function entityTagOf(json: string): string {
  return `"${hash('sha256', json, 'base64url').slice(0, 22)}"`;
}

/** Whether an If-Match header lets the tag pass: compared strongly, as RFC 9110 has it, so a weak one never does. */
export function isMatch(header: string, tag: string): boolean {
  return header.trim() === '*' || tagsOf(header).includes(tag);
}

/** Whether an If-None-Match header knows the tag already: compared weakly. */
export function isKnown(header: string, tag: string): boolean {
  return header.trim() === '*' || tagsOf(header).some((each) => each.replace(/^W\//, '') === tag);
}

function tagsOf(header: string): string[] {
  return header.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
}
