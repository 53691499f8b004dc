import { describe, expect, it } from '@jest/globals';
import { joinLeads, splitLeads } from './reminder-leads.js';

describe('lead times of reminders', () => {
  it('are kept longest first and each once', () => {
    expect(joinLeads([120, 1_440, 120])).toBe('1440,120');
    expect(splitLeads('1440,120')).toEqual([1_440, 120]);
  });

  it('may be none', () => {
    expect(splitLeads(joinLeads([]))).toEqual([]);
  });
});
