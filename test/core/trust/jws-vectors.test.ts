import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type JwsVector, jwsVectors } from '../../vectors/jws.ts';

const COOKBOOK = '../shared/vectors/cookbook';

test.runIf(existsSync(COOKBOOK))(
  'the cookbook verifies in every serialisation, and refuses what was changed',
  async () => {
    const files = ['jws', 'rfc7797', 'curve25519'].flatMap((folder) =>
      readdirSync(`${COOKBOOK}/${folder}`)
        .filter((file) => file.endsWith('.json') && !file.startsWith('ecdh'))
        .map((file): [string, JwsVector] => [file, JSON.parse(readFileSync(`${COOKBOOK}/${folder}/${file}`, 'utf8'))]),
    );
    expect(files).toHaveLength(11);
    const outcomes = await jwsVectors(Object.fromEntries(files));
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    expect(outcomes.filter(({ got }) => got === 'verified').length).toBeGreaterThan(25);
  },
);
