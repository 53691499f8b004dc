/** Why a teacher is away. `external` comes from his own calendar. */
export const timeOffKinds = ['holiday', 'sick', 'course', 'private', 'external'] as const;
export type TimeOffKind = (typeof timeOffKinds)[number];

/** What somebody may give as a reason himself. */
export const ownTimeOffKinds = ['holiday', 'sick', 'course', 'private'] as const satisfies readonly TimeOffKind[];
export type OwnTimeOffKind = (typeof ownTimeOffKinds)[number];

/** What keeps the person away from every school he teaches at; a holiday or a course is agreed with one of them. */
export const personalKinds = ['sick', 'private', 'external'] as const satisfies readonly TimeOffKind[];

export function isPersonal(kind: TimeOffKind): boolean {
  return (personalKinds as readonly TimeOffKind[]).includes(kind);
}
