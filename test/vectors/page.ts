/** What a page of a browser runs: all that Node runs, on what Node read, signed and sealed. */
import { runVectors } from './all.ts';
import { openAll, type SealedToken } from './jwe-round-trips.ts';
import { type SignedToken, verifyAll } from './jws-algorithms.ts';
import type { Outcome, VectorFile } from './outcome.ts';

/** Travels as JSON, at `/input`. */
export interface PageInput {
  readonly files: readonly VectorFile[];
  readonly signed: readonly SignedToken[];
  readonly sealed: readonly SealedToken[];
}

/** Stands as JSON in the body once all is done; else an `error` does. */
export type PageAnswer = Readonly<Record<keyof PageInput, readonly Outcome[]>> | { readonly error: string };

const answer = async (): Promise<PageAnswer> => {
  try {
    const input: PageInput = await (await fetch('/input')).json();
    return {
      files: await runVectors(input.files),
      signed: await verifyAll(input.signed),
      sealed: await openAll(input.sealed),
    };
  } catch (error) {
    return { error: String(error) };
  }
};

document.body.textContent = JSON.stringify(await answer());
