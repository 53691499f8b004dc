export const examKinds = ['theory', 'practical'] as const;
export type ExamKind = (typeof examKinds)[number];

export const examResults = ['passed', 'failed', 'no_show'] as const;
export type ExamResult = (typeof examResults)[number];

export const examStates = ['planned', ...examResults, 'cancelled'] as const;
export type ExamState = (typeof examStates)[number];

/** States whose time stays claimed. */
export const occupyingExamStates = ['planned', ...examResults] as const satisfies readonly ExamState[];

export const feeStatuses = ['unpaid', 'paid', 'refunded'] as const;
export type FeeStatus = (typeof feeStatuses)[number];
