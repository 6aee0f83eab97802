/** What runs vectors, and what comes of it. Nothing in this folder imports anything of Node: it runs in browsers too. */

export interface VectorFile {
  /** Its path under `../shared/vectors`. */
  readonly path: string;
  /** What JSON.parse made of it. */
  readonly content: unknown;
}

/** What one vector came to. */
export interface Outcome {
  readonly name: string;
  /** It came to what the vector wants. */
  readonly ok: boolean;
  /** What came, for the eye and for the list of deviations. */
  readonly got: string;
}

/** All vectors of a file, each under a name that the file has once. Rejects when the file has another shape. */
export type Runner = (file: VectorFile) => Promise<readonly Outcome[]>;
