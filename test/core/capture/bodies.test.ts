import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LENGTH, tokensInBody } from '../../../src/core/capture/bodies.ts';
import { MAX_TOKENS } from '../../../src/core/capture/distinct.ts';
import { formFields } from '../../../src/core/capture/form.ts';
import { tokensInValue } from '../../../src/core/capture/value.ts';
import { jwe, jws } from './compact.ts';

const a = jws({ sub: 'alice' });
const b = jws({ sub: 'bob' });

/** What was found, as `name path: token`, with the words of the place around it. */
const read = (text: string, mimeType: string) =>
  tokensInBody(text, { kind: 'response_body', mimeType }).found.map(({ compact, place: { kind, ...place } }) => {
    expect(kind).toBe('response_body');
    return { compact, ...place };
  });

describe('tokensInBody', () => {
  it("reads oidc-provider's token response", () => {
    const answer = {
      access_token: a,
      expires_in: 3600,
      id_token: b,
      refresh_token: 'opaque',
      scope: 'openid',
      token_type: 'DPoP',
    };
    expect(read(JSON.stringify(answer), 'application/json; charset=utf-8')).toEqual([
      { compact: a, name: '', path: 'access_token', format: 'json' },
      { compact: b, name: '', path: 'id_token', format: 'json' },
    ]);
  });

  it('reads GraphQL, request and response', () => {
    const request = { query: 'mutation L($t: String!) { login(token: $t) { jwt } }', variables: { t: a } };
    expect(read(JSON.stringify(request), 'application/json')).toMatchObject([{ path: 'variables.t' }]);
    const batch = [{ data: null }, { data: { login: { jwt: a }, others: [{ jwt: b }] } }];
    expect(read(JSON.stringify(batch), 'application/graphql-response+json')).toMatchObject([
      { path: '[1].data.login.jwt' },
      { path: '[1].data.others[0].jwt' },
    ]);
  });

  it('reads JSON in JSON strings, whatever the type says', () => {
    const inner = JSON.stringify({ tokens: [{ value: a }], note: 'x"y' });
    const text = JSON.stringify(
      { 'x y': JSON.stringify({ state: inner }), plain: encodeURIComponent(`"${b}"`) },
      null,
      2,
    );
    for (const type of ['application/json', 'text/plain', '', 'application/vnd.acme.v2+json']) {
      expect(read(text, type)).toEqual([
        { compact: a, name: '', path: '["x y"].state.tokens[0].value', format: 'json' },
        { compact: b, name: '', path: 'plain', format: 'json' },
      ]);
    }
  });

  it('reads what is cut with the path, and says so', () => {
    const whole = JSON.stringify({ list: [1, { access_token: a, rest: 'a longer text' }] });
    for (const to of [-1, -5, -20, whole.indexOf(a) + a.length - whole.length]) {
      const { found } = tokensInBody(whole.slice(0, to), { kind: 'response_body', mimeType: 'text/json', cut: true });
      expect(found).toEqual([
        {
          compact: a,
          place: { kind: 'response_body', name: '', path: 'list[1].access_token', format: 'json', cut: true },
        },
      ]);
    }
  });

  it('reads one value a line, broken JSON, and JSON behind a guard', () => {
    expect(read(`{"t":"${a}"}\n{"u":["${b}"]}\n`, 'application/x-ndjson')).toMatchObject([
      { path: 't' },
      { path: 'u[0]' },
    ]);
    expect(read(`{"t":"${a}",,}} oops ${b}`, 'application/json')).toEqual([
      { compact: a, name: '', path: 't', format: 'json' },
      { compact: b, name: '', format: 'json' },
    ]);
    expect(read(`)]}',\n{"t":"${a}"}`, 'application/json')).toMatchObject([{ path: 't' }]);
  });

  it('reads server-sent events', () => {
    const text = `event: token\nid: 1\ndata: {"t":"${a}"}\n\ndata: don"t\n\ndata:{"u":"${b}"}\r\n\r\ndata: ${jwe()}\n`;
    expect(read(text, 'text/event-stream')).toEqual([
      { compact: a, name: '', path: 't', format: 'text' },
      { compact: b, name: '', path: 'u', format: 'text' },
      { compact: jwe(), name: '', format: 'text' },
    ]);
  });

  it('reads forms by field', () => {
    const text = `grant_type=${encodeURIComponent('urn:ietf:params:oauth:grant-type:jwt-bearer')}&assertion=${a}&state=${encodeURIComponent(JSON.stringify({ hint: b }))}`;
    expect(read(text, 'application/x-www-form-urlencoded;charset=UTF-8')).toEqual([
      { compact: a, name: 'assertion', format: 'form' },
      { compact: b, name: 'state', path: 'hint', format: 'form' },
    ]);
  });

  const multipart = (boundary: string) =>
    [
      `--${boundary}\r\nContent-Disposition: form-data; name="token"\r\n\r\n${a}`,
      `--${boundary}\r\nContent-Disposition: form-data; name="meta"; filename="m.json"\r\nContent-Type: application/json\r\n\r\n{"id_token":"${b}"}`,
      `--${boundary}\r\nContent-Disposition: form-data; name="picture"; filename="p.png"\r\nContent-Type: image/png\r\n\r\n${jwe()}`,
      `--${boundary}--\r\n`,
    ].join('\r\n');

  it.each([
    ['multipart/form-data; boundary=----WebKitFormBoundaryx1', '----WebKitFormBoundaryx1'],
    ['multipart/form-data; boundary="a b"', 'a b'],
    ['multipart/form-data', '----geckoformboundary'],
  ])('reads %s by field, files by their type', (mimeType, boundary) => {
    expect(read(multipart(boundary), mimeType)).toEqual([
      { compact: a, name: 'token', format: 'multipart' },
      { compact: b, name: 'meta', path: 'id_token', format: 'multipart' },
    ]);
  });

  it('reads HTML: a JSON island, a form that posts itself, and text', () => {
    const html = `<!doctype html><p>${jwe()}</p>
      <script id=__NEXT_DATA__ type="application/json">{"props":{"session":{"jwt":"${a}"}},"x":"<p>"}</script>
      <form method=post><input type="hidden" name="id_token" value="${b}"/><input value='${a}' name='access_token'></form>
      <script>const token = '${b}';</script>`;
    expect(read(html, 'text/html; charset=utf-8')).toEqual([
      { compact: jwe(), name: '', format: 'html' },
      { compact: a, name: '', path: 'props.session.jwt', format: 'html' },
      { compact: b, name: 'id_token', format: 'html' },
      { compact: a, name: 'access_token', format: 'html' },
      { compact: b, name: '', format: 'html' },
    ]);
  });

  it.each([
    ['application/javascript', 'javascript', `export const t="${a}";`],
    ['text/javascript; charset=utf-8', 'javascript', `export const t="${a}";`],
    ['application/jwt', 'text', a],
    ['application/xml', 'text', `<t>${a}</t>`],
    ['text/plain', 'text', `[${a}]`],
  ])('scans %s', (type, format, text) => {
    expect(read(text, type)).toEqual([{ compact: a, name: '', format }]);
  });

  it('tells the same token at the same place once, and a flood as far as it goes', () => {
    const flood = Array.from({ length: MAX_TOKENS + 5 }, (_, n) => jws({ n }));
    const { found, dropped } = tokensInBody([a, a, ...flood].join(' '), {
      kind: 'request_body',
      mimeType: 'text/plain',
    });
    expect(found).toHaveLength(MAX_TOKENS);
    expect(dropped).toBe(6);
    const long = tokensInBody(`${jwe(MAX_LENGTH)} ${a}`, { kind: 'request_body', mimeType: 'text/plain' });
    expect(long).toMatchObject({ found: [{ compact: a }], dropped: 1 });
  });

  it('finds a token anywhere in JSON by the path that leads to it', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('a', 'b c', '"', '\\', '__proto__', 'eyJ'));
    const step = fc.oneof(
      fc.record({ name, before: fc.jsonValue() }),
      fc.array(fc.jsonValue(), { maxLength: 3 }).map((items) => ({ items })),
      fc.constant('string' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), fc.constantFrom(undefined, 1), (steps, indent) => {
        let value: unknown = a;
        for (const one of steps.toReversed()) {
          if (one === 'string') value = JSON.stringify(value);
          else if ('items' in one) value = [...one.items, value];
          else
            value = Object.fromEntries([
              [`${one.name}-`, one.before],
              [one.name, value],
            ]);
        }
        const found = read(JSON.stringify(value, null, indent), 'application/json');
        expect(found).toHaveLength(1);
        expect(leadsTo(value, found[0]?.path ?? '')).toBe(a);
      }),
    );
  });

  it('finds every token once, however many fields, parts and lines hold none', () => {
    const boundary = 'multipart/form-data; boundary=x';
    expect(read(`${'&'.repeat(9)}t=${a}&&eyJ=&u=${b}&`, 'application/x-www-form-urlencoded')).toMatchObject([
      { compact: a, name: 't' },
      { compact: b, name: 'u' },
    ]);
    expect(read(`eyJ --x--x${a}--x\n\n${b}--x\n\n${a}`, boundary)).toEqual([
      { compact: a, name: '', format: 'multipart' },
      { compact: b, name: '', format: 'multipart' },
    ]);
    expect(read(`--eyJ\n\n${a}--eyJ`, 'multipart/form-data; boundary=eyJ')).toMatchObject([{ compact: a }]);
    expect(read(`\r\n${a}\r\rdata:${b}`, 'text/event-stream')).toMatchObject([{ compact: a }, { compact: b }]);
  });

  it('reads forms as their definition does, whatever stands in them', () => {
    const piece = fc.constantFrom(a, b, 'eyJ', '&', '=', '+', 't', '%');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const expected = formFields(text).flatMap(({ name, value }) =>
          tokensInValue(value).map(({ compact }) => ({ compact, name, format: 'form' })),
        );
        const known = new Map(expected.map((one) => [`${one.compact} ${one.name}`, one]));
        expect(read(text, 'application/x-www-form-urlencoded')).toEqual([...known.values()]);
      }),
    );
  });

  it('keeps nothing of millions of empty fields, parts and lines', () => {
    const count = 2_000_000;
    const before = process.memoryUsage().heapTotal;
    for (const [type, empty] of [
      ['application/x-www-form-urlencoded', '&'],
      ['multipart/form-data; boundary=x', '--x'],
      ['text/event-stream', '\n'],
    ] as const) {
      expect(read(`${empty.repeat(count)}\n\n${a}`, type)).toMatchObject([{ compact: a }]);
    }
    // A list of them would take ten times as much.
    expect(process.memoryUsage().heapTotal - before).toBeLessThan(50_000_000);
  });

  it('does not open parts of parts, and reads on', () => {
    const depth = 20_000;
    const nested = (n: number) => `--x${n}\r\nContent-Type: multipart/mixed; boundary=x${n + 1}\r\n\r\n`;
    const text = `${Array.from({ length: depth }, (_, n) => nested(n)).join('')}${a}`;
    expect(read(text, 'multipart/form-data; boundary=x0')).toEqual([{ compact: a, name: '', format: 'multipart' }]);
  });

  it('never throws', () => {
    const types = fc.constantFrom(
      'application/json',
      'text/html',
      'application/x-www-form-urlencoded',
      'multipart/x',
      'text/event-stream',
      'text/plain',
    );
    const piece = fc.constantFrom(
      a,
      'eyJ',
      '"',
      '\\',
      '{',
      '[',
      ']',
      '}',
      ':',
      ',',
      '<script type=json>',
      '</script>',
      '<input value=',
      '--x\r\n\r\n',
      'data:',
      '=',
      '&',
      '%',
      '\ud800',
    );
    fc.assert(
      fc.property(types, fc.array(fc.oneof(piece, fc.string())), (mimeType, pieces) => {
        const text = pieces.join('');
        for (const { compact } of read(text, mimeType)) expect(compact).toMatch(/^[\w~.-]+$/);
      }),
    );
  });

  it('finds what is in the text whatever is around it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom('application/json', 'text/html', 'text/plain'),
        (left, right, type) => {
          expect(read(`${left} ${a} ${right}`, type)).toContainEqual(expect.objectContaining({ compact: a }));
        },
      ),
    );
  });
});

/** Follows a path as it is written, through JSON in strings. */
const leadsTo = (root: unknown, path: string): unknown => {
  let value = root;
  const opened = (): unknown => {
    while (typeof value === 'string' && /^[[{"]/.test(value)) value = JSON.parse(value);
    return value;
  };
  for (const [step] of path.matchAll(/[A-Za-z_$][\w$-]*|\[\d+\]|\["(?:[^"\\]|\\.)*"\]/g)) {
    const name: unknown = step.startsWith('[') ? JSON.parse(step)[0] : step;
    value = Reflect.get(Object(opened()), String(name));
  }
  return opened();
};
