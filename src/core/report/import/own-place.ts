/** The border of our own export's sightings and exchanges. */
import * as v from 'valibot';
import { number, parseRecord, place } from '../../capture/parse-record.ts';
import {
  type ExchangeRecord,
  NO_TAB,
  type Place,
  type PlaceKind,
  RECORD_VERSION,
  type StoreLayout,
} from '../../capture/records.ts';

/** The kinds that no exchange carried. */
const KEPT = ['local_storage', 'session_storage', 'indexed_db', 'cookie_jar', 'file'] as const;
const LAYOUTS = [
  ...(['auth0', 'msal', 'cognito', 'firebase', 'supabase', 'oidc_client_ts', 'okta', 'keycloak'] as const),
] as const satisfies readonly StoreLayout[];

const text = v.string();
const kinds: readonly PlaceKind[] = [...place.entries.kind.options, ...KEPT];

const sighting = v.object({
  token: text,
  exchange: v.optional(text, ''),
  place: v.object({
    ...place.entries,
    kind: v.picklist(kinds),
    origin: v.optional(text),
    layout: v.optional(v.picklist(LAYOUTS)),
    changed: v.optional(v.literal(true)),
  }),
  at: number,
});

export interface OwnSighting {
  /** The names that the file has for them. */
  readonly token: string;
  readonly exchange: string;
  readonly place: Place;
  readonly at: number;
}

/** An item of `sightings`; undefined where it is none. Never throws. */
export const readOwnSighting = (value: unknown): OwnSighting | undefined => {
  const { success, output } = v.safeParse(sighting, value, { abortEarly: true });
  return success ? output : undefined;
};

/** An item of `exchanges`, under an id of ours; undefined where it is none. Never throws. */
export const readOwnExchange = (value: unknown, id: string): ExchangeRecord | undefined => {
  if (typeof value !== 'object' || value === null) return;
  const stored = { ...value, v: RECORD_VERSION, type: 'exchange', tab: NO_TAB, id };
  const record = parseRecord(`exchange/${NO_TAB}/${id}`, stored);
  return record?.type === 'exchange' ? record : undefined;
};
