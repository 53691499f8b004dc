/** Another run of the same job was faster: nothing of this one may stay. */
export class AnotherRun extends Error {}
