// The requests to /api. They fail with a Refusal (the request is at fault) or an Away (try again).

export class Refusal extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export class Away extends Error {
  constructor(message, seconds) {
    super(message);
    this.seconds = seconds;
  }
}

const OFFLINE = 'The site can’t be reached; trying again.';
const DATABASE = 'The database is away; trying again.';
const TROUBLE = 'The site has trouble; trying again.';

/** Hears of every answer: the nodes that gave it, and the trouble if it has any. */
const listeners = [];
export function onAnswer(listener) {
  listeners.push(listener);
}

function tell(answer) {
  listeners.forEach((listener) => listener(answer));
}

async function once(method, path, {json, form, headers = {}} = {}) {
  const options = {method, headers: {...headers}, body: form, signal: AbortSignal.timeout(form ? 180_000 : 20_000)};
  if (json) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(json);
  }
  const response = await fetch(path, options).catch(() => { throw new Away(OFFLINE, 2); });
  tell({nodes: ['balancer', 'web', 'app'].map((tier) => [tier, response.headers.get(`x-${tier}-node`)])});
  if (response.status >= 500) {
    const seconds = Number(response.headers.get('Retry-After')) || 2;
    // an application server that answers 503 lacks its database; without its name there was none to answer
    const database = response.status === 503 && response.headers.has('x-app-node');
    throw new Away(database ? DATABASE : TROUBLE, Math.min(seconds, 10));
  }
  const body = await read(response);
  tell({trouble: null});
  if (!response.ok) {
    throw new Refusal(response.status, body?.detail ?? `The site answered ${response.status}.`);
  }
  return body;
}

async function read(response) {
  if (response.status === 204) {
    return null;
  }
  return response.json().catch(() => { throw new Away(OFFLINE, 2); });
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Asks until there is an answer, or until the attempts are used up; only for what may be repeated. */
async function patiently(attempts, ...request) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(...request);
    } catch (failure) {
      if (!(failure instanceof Away)) {
        throw failure;
      }
      tell({trouble: failure.message});
      if (attempt >= attempts) {
        throw failure;
      }
      await pause(failure.seconds);
    }
  }
}

export const whoAmI = () => patiently(Infinity, 'GET', '/api/session');
export const signIn = (name) => patiently(3, 'POST', '/api/session', {json: {name}});
export const signOut = () => patiently(3, 'DELETE', '/api/session');

export function list(limit, before) {
  const query = before ? `?limit=${limit}&before=${before}` : `?limit=${limit}`;
  return patiently(Infinity, 'GET', `/api/messages${query}`);
}

export function post(text, picture, key) {
  const headers = {'Idempotency-Key': key};
  if (!picture) {
    return patiently(5, 'POST', '/api/messages', {json: {text}, headers});
  }
  const form = new FormData();
  form.append('text', text);
  form.append('picture', picture);
  return patiently(5, 'POST', '/api/messages', {form, headers});
}

/** Deletes; a message that is gone already counts as deleted. */
export async function remove(id) {
  try {
    await patiently(3, 'DELETE', `/api/messages/${id}`);
  } catch (failure) {
    if (failure.status !== 404) {
      throw failure;
    }
  }
}
