// The API, under the page's own address. Errors are the API's own words.

/** What the API said when it refused: RFC 9457, with a stable code. */
export class Problem extends Error {
  /** @param retryAfter seconds after which the same may be asked again; null where the API does not say so */
  constructor(status, problem, retryAfter = null) {
    super(problem.detail || problem.title || `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? '';
    this.answer = problem;
    this.retryAfter = retryAfter;
  }
}

export const path = (...parts) => `v1/${parts.map(encodeURIComponent).join('/')}`;

export const get = (url, options) => call('GET', url, undefined, options);

export const post = (url, body, options) => call('POST', url, body, options);

export const put = (url, body) => call('PUT', url, body);

export const remove = (url) => call('DELETE', url);

/** A picture behind an address, for the src of an image. The caller revokes it. Null when there is none any more. */
export async function picture(url) {
  const response = await fetch(url);
  if (response.status === 404 || response.status === 409 || response.status === 410) return null;
  await check(response);
  return URL.createObjectURL(await response.blob());
}

/** The response itself, for what is no JSON. */
export async function fetched(url, { signal } = {}) {
  const response = await reach(url, { signal });
  await check(response);
  return response;
}

export function pause(millis, signal) {
  return new Promise((resolve, reject) => {
    const left = () => {
      clearTimeout(timer);
      reject(new DOMException('Nobody waits any more.', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', left);
      resolve();
    }, millis);
    if (signal?.aborted) left();
    signal?.addEventListener('abort', left, { once: true });
  });
}

/** Asks, and asks again when the API says that this may help (429 and 503 with Retry-After). onBusy(seconds, problem) before each pause. */
export async function patiently(ask, { signal, onBusy = () => {}, attempts = 10 } = {}) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (problem) {
      const mayHelp = (problem.status === 429 || problem.status === 503) && problem.retryAfter !== null;
      if (!mayHelp || attempt === attempts) throw problem;
      const seconds = Math.min(30, Math.max(1, problem.retryAfter));
      onBusy(seconds, problem);
      await pause(1000 * seconds, signal);
    }
  }
}

/** As post, and tells how much has gone: onProgress(fraction). */
export function upload(url, body, onProgress, type) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    if (type) request.setRequestHeader('Content-Type', type);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(unreachable());
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status < 400) resolve(answer);
      else reject(refusal(request.status, answer, request.getResponseHeader('Retry-After')));
    };
    request.send(body);
  });
}

async function call(method, url, body, { headers = {}, signal } = {}) {
  const isData = body instanceof Blob || body instanceof FormData || body === undefined;
  const response = await reach(url, {
    method,
    signal,
    headers: isData ? headers : { 'Content-Type': 'application/json', ...headers },
    body: isData ? body : JSON.stringify(body),
  });
  await check(response);
  return parse(await response.text());
}

async function reach(url, request) {
  try {
    return await fetch(url, request);
  } catch (error) {
    throw error.name === 'AbortError' ? error : unreachable();
  }
}

async function check(response) {
  if (!response.ok) throw refusal(response.status, parse(await response.text()), response.headers.get('Retry-After'));
}

function refusal(status, answer, retryAfter) {
  const problem = new Problem(status, answer ?? {}, retryAfter ? Number(retryAfter) : null);
  if (status === 401) window.dispatchEvent(new Event('signed-out'));
  return problem;
}

const unreachable = () => new Problem(0, { detail: 'Sandpiper cannot be reached. Is it running, and are you connected?' });

function parse(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
