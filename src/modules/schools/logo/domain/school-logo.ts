import { defineEntity } from '@mikro-orm/core';
import { id, instant, int, schoolScoped } from '../../../../platform/database/columns.js';

export const SchoolLogoSchema = defineEntity({
  name: 'SchoolLogo',
  tableName: 'school_logos',
  ...schoolScoped,
  uniques: [{ name: 'school_logos_file', properties: ['schoolId', 'fileId'] }],
  properties: {
    schoolId: id().primary(),
    fileId: id(),
    /** In pixels. */
    width: int(),
    height: int(),
    uploadedAt: instant(),
  },
});

/** The image on a school's invoices and pages. Another upload is another file. */
export class SchoolLogo extends SchoolLogoSchema.class {}
SchoolLogoSchema.setClass(SchoolLogo);
