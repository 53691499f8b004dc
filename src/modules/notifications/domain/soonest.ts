/** When the first of what a message tells about begins, what was moved counted with when it was before: a person may come then. */
export function soonest(...times: readonly (Date | string | undefined)[]): Date {
  return new Date(Math.min(...times.filter((time) => time !== undefined).map((time) => new Date(time).getTime())));
}
