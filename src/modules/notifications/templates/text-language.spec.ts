import { describe, expect, it } from '@jest/globals';
import { fillIn, longestSource } from './text-language.js';

describe('the language of the texts', () => {
  it('shows values, and nothing where there is none', () => {
    expect(fillIn('Hej {{ reader.name }}{{ reader.nobody }}{{ nothing.at.all }}!', { reader: { name: 'Eva' } })).toBe(
      'Hej Eva!',
    );
  });

  it('takes an empty value for no', () => {
    expect(fillIn('{% if fee %}Gebyr {{ fee }}{% else %}Intet gebyr{% endif %}', { fee: '' })).toBe('Intet gebyr');
  });

  it('does not read a value as a text', () => {
    expect(fillIn('{{ name }}', { name: '{{ secret }}{% if secret %}x{% endif %}', secret: 'no' })).toBe(
      '{{ secret }}{% if secret %}x{% endif %}',
    );
  });

  it.each([
    '{% include "/etc/passwd" %}',
    '{% render "/etc/passwd" %}',
    '{% layout "/etc/passwd" %}',
    '{% for i in (1..1000000000) %}x{% endfor %}',
    '{% assign a = "b" %}',
    '{% liquid echo name %}',
    '{{ name | raw }}',
    '{{ name | replace: "a", "aaaa" }}',
    '{{ name | nothing_like_it }}',
    // A range is made whole: seconds in which nothing else runs.
    '{% if (1..9000000) contains 8999999 %}x{% endif %}',
    '{{ nothing | default: (1..9000000) }}',
    '{% case name %}{% when (nothing..9000000) %}x{% endcase %}',
    '{{ name[(1..9000000)] }}',
    '{{ name',
    '{% if name %}',
    `{{ name }}${'x'.repeat(longestSource)}`,
  ])('refuses %.60s', (source) => {
    expect(() => fillIn(source, { name: 'a' })).toThrow();
  });

  it.each(['constructor', 'constructor.constructor', '__proto__', 'name.constructor', 'toString'])(
    'reaches nothing through %s',
    (path) => {
      expect(fillIn(`{{ ${path} }}`, { name: 'a' })).toBe('');
    },
  );

  it('takes out the marks that turn the reading direction around, and keeps the letters', () => {
    expect(fillIn('{{ name }}', { name: '\u202egnirtS\u202c محمد 🚗\ud800' })).toBe(' gnirtS  محمد 🚗\ufffd');
  });
});
