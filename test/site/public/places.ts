const tokenFor = async (sub: string): Promise<string> =>
  (await fetch(`/places/token?sub=${sub}`)).headers.get('X-Token') ?? '';

const json = { 'Content-Type': 'application/json' };

const post = (path: string, init: RequestInit): Promise<Response> =>
  fetch(`/places/${path}`, { method: 'POST', ...init });

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const intoDatabase = async (value: unknown): Promise<void> => {
  const opening = indexedDB.open('shop', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('sessions');
  const database = await settled(opening);
  await settled(database.transaction('sessions', 'readwrite').objectStore('sessions').put(value, 'alice'));
  database.close();
};

const byServiceWorker = async (token: string): Promise<void> => {
  const { installing, waiting, active } = await navigator.serviceWorker.register('/places/worker.js');
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise((resolve) => {
    port1.onmessage = resolve;
  });
  (installing ?? waiting ?? active)?.postMessage(token, [port2]);
  await answered;
};

const bySocket = (token: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${location.origin.replace('http:', 'ws:')}/places/socket`, ['bearer', token]);
    socket.onerror = () => resolve();
  });

const form = (name: string, value: string): FormData => {
  const data = new FormData();
  data.set('note', 'a file and a token');
  data.set(name, value);
  data.set('file', new Blob(['nothing'], { type: 'text/plain' }), 'nothing.txt');
  return data;
};

/** What each button does; the key is the `sub` of its token, and the button's id. */
const PLACES: Readonly<Record<string, (token: string) => unknown>> = {
  json: () => fetch('/places/json').then((answer) => answer.text()),
  nested: () => fetch('/places/nested').then((answer) => answer.text()),
  html: () => fetch('/places/html').then((answer) => answer.text()),
  script: () => fetch('/places/script').then((answer) => answer.text()),
  events: () => fetch('/places/events').then((answer) => answer.text()),
  picture: () => fetch('/places/picture').then((answer) => answer.arrayBuffer()),
  form: (token) => post('form', { body: new URLSearchParams({ client_assertion: token, scope: 'openid' }) }),
  upload: (token) => post('upload', { body: form('credential', token) }),
  graphql: (token) =>
    post('graphql', {
      headers: json,
      body: JSON.stringify({
        query: 'mutation ($t: String!) { login(token: $t) }',
        variables: { input: { t: token } },
      }),
    }),
  header: (token) => post('graphql', { headers: { ...json, 'X-Session': token }, body: '{}' }),
  query: (token) => fetch(`/places/frame?session=${token}`),
  fragment: (token) => {
    location.hash = `id_token=${token}&state=1`;
  },
  redirect: () => fetch('/places/redirect'),
  local: (token) => localStorage.setItem('session', token),
  auth0: (token) =>
    localStorage.setItem(
      '@@auth0spajs@@::client::api::openid',
      JSON.stringify({ body: { access_token: token, token_type: 'Bearer' }, expiresAt: 1 }),
    ),
  session: (token) => sessionStorage.setItem('state', JSON.stringify({ user: { tokens: [token] } })),
  database: (token) => intoDatabase({ user: { stsTokenManager: { accessToken: token } } }),
  worker: byServiceWorker,
  socket: bySocket,
  // Last, since every request after it carries the cookie.
  cookie: () => post('cookie', {}).then(() => post('form', { body: '' })),
};

let done = 0;
const show = (id: string, text: string): void => {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
};

for (const [sub, place] of Object.entries(PLACES)) {
  const button = document.createElement('button');
  button.type = 'button';
  button.id = sub;
  button.textContent = sub;
  button.onclick = async () => {
    // The server makes the token of those that take none.
    await place(place.length > 0 ? await tokenFor(sub) : '');
    done += 1;
    show('last-place', sub);
    show('done-count', String(done));
  };
  document.getElementById('places')?.append(button);
}
const frame = document.createElement('iframe');
frame.src = '/places/frame';
document.body.append(frame);
document.body.dataset.state = 'ready';
