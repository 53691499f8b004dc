import { defineEntity, p } from '@mikro-orm/core';
import { bool, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';

export const TheoryTestResultSchema = defineEntity({
  name: 'TheoryTestResult',
  tableName: 'theory_test_results',
  ...schoolScoped,
  uniques: [{ name: 'theory_test_results_one', properties: ['schoolId', 'linkId', 'resultRef'] }],
  indexes: [{ name: 'theory_test_results_newest', properties: ['schoolId', 'linkId', 'takenAt', 'id'] }],
  properties: {
    id: id().primary(),
    schoolId: id(),
    linkId: id(),
    resultRef: text(64).collation('ascii_bin'),
    testRef: text(64),
    takenAt: instant(),
    score: int(),
    maxScore: int(),
    passed: bool(),
    /** Of the report that told it. */
    version: p.bigint('number'),
  },
});

/** A test that a student took at the platform. */
export class TheoryTestResult extends TheoryTestResultSchema.class {}
TheoryTestResultSchema.setClass(TheoryTestResult);
