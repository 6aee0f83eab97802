import type { CaptureRecord } from '../../capture/records.ts';
import type { RingKey } from '../../trust/signature.ts';
import { BOUNDS, type Bounds } from './bounds.ts';
import type { ImportEnd, ImportPiece, ImportProblemCode } from './imported.ts';
import { createJsonReader } from './json-file.ts';
import { createKeeper } from './keeper.ts';
import { createLineReader } from './lines.ts';
import { createProblems } from './problems.ts';
import type { ReadableFile, Reader } from './reader.ts';
import { createSeenKeys } from './seen-bodies.ts';
import { unpacked } from './unpacked.ts';
import { inBlocks, utf8Of } from './utf8-of.ts';

/** Records that are told at once: what the panel takes in a few ms. */
const PIECE_RECORDS = 500;
/** With one of these it is clear why there is no token. */
const EXPLAINED: readonly ImportProblemCode[] = ['empty', 'not_text', 'cut'];

/** What was kept, a part at a time, and if there is nothing, that; `keys` with the last. */
function* piecesOf(
  read: number,
  records: readonly CaptureRecord[],
  keys?: readonly RingKey[],
): Generator<ImportPiece, void, undefined> {
  let rest = records;
  for (; rest.length > PIECE_RECORDS; rest = rest.slice(PIECE_RECORDS)) {
    yield { read, records: rest.slice(0, PIECE_RECORDS) };
  }
  yield { read, records: rest, ...(keys && { keys }) };
}

/**
 * Reads a file as it comes, and gives what is in it in pieces: a HAR, our own export, or any text with tokens in it, packed
 * with gzip or not. Linear; keeps what is within the bounds, and of the file no more than one entry. Never throws but
 * where the file does.
 * @param at ms since the epoch: the time of what the file has no time for
 */
export async function* readFile(
  file: ReadableFile,
  at: number,
  bounds: Bounds = BOUNDS,
): AsyncGenerator<ImportPiece, ImportEnd, undefined> {
  const problems = createProblems();
  const keeper = createKeeper(bounds, (offset) => problems.tell('too_many', offset));
  const seen = createSeenKeys();
  const source = await unpacked(file);
  /** Octets that a reader took, as UTF-8, and those of the file. */
  let [taken, read] = [0, 0];

  /** Has a reader take the file, and tells what comes out of it, once it is sure. */
  async function* readBy(reader: Reader): AsyncGenerator<ImportPiece, ReturnType<Reader['end']>, undefined> {
    taken = 0;
    for await (const chunk of utf8Of(inBlocks(source.stream(), bounds.block))) {
      const goesOn = reader.take(chunk.octets);
      await reader.settle?.();
      taken += chunk.octets.length;
      read = source.read() ?? chunk.read;
      const keys = await seen.join();
      if (reader.isFound()) yield* piecesOf(read, keeper.take(), keys);
      if (!goesOn) break;
    }
    const end = reader.end();
    await reader.settle?.();
    if (source.isCut()) problems.tell('cut', taken);
    const rest = keeper.take();
    if (end && rest.length > 0) yield* piecesOf(read, rest);
    return end;
  }

  const json = createJsonReader(keeper, seen, problems, bounds, at);
  let end = yield* readBy(json);
  if (!end && json.isLate()) {
    problems.clear();
    end = yield* readBy(createJsonReader(keeper, seen, problems, bounds, at, 'log'));
  }
  let nothing: ImportProblemCode = 'nothing';
  if (!end) {
    if (json.isWhole()) nothing = 'not_a_log';
    else if (problems.has('cut')) nothing = 'cut';
    problems.clear();
    end = yield* readBy(createLineReader(keeper, problems, bounds, at));
  }
  const isTold = EXPLAINED.some((code) => problems.has(code));
  if (keeper.tokens() === 0 && !isTold) problems.tell(nothing, nothing === 'cut' ? taken : 0);
  return { format: 'text', read: 0, ...end, problems: await problems.locate(source.stream()) };
}
