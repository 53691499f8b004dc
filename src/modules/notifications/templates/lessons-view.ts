/** What the texts about several lessons may use as `lessons`; all of it formatted for its reader. */
export interface LessonsView {
  readonly lessons: {
    /** How many, with the word: "4 lektioner". */
    readonly count: string;
    /** The start of the first, short. */
    readonly first: string;
    /** One line for each: its time, with whom, in what; for moved ones where it was before. */
    readonly lines: string;
    /** All fees together; empty when there is none. */
    readonly fee: string;
    /** Why they were cancelled; empty when nobody said. */
    readonly cancelReason: string;
  };
}
