/** What the texts about a lesson may use as `lesson`; all of it formatted for its reader. */
export interface LessonView {
  readonly lesson: {
    /** The whole time, with weekday and year. */
    readonly span: string;
    /** The start, short. */
    readonly moment: string;
    /** The start it was moved from; empty for other messages. */
    readonly previous: string;
    readonly type: string;
    readonly student: string;
    readonly teacher: string;
    /** Empty when the lesson needs none. */
    readonly vehicle: string;
    /** The fee of a late cancellation; empty when there is none. */
    readonly fee: string;
    /** Why it was cancelled; empty when nobody said. */
    readonly cancelReason: string;
  };
}
