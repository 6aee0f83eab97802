/** What one vector came to. */
export interface Outcome {
  readonly name: string;
  readonly ok: boolean;
  /** What came instead, for the eye. */
  readonly got: string;
}
