// The API, under the page's own address. Errors are the API's own words.

/** What the API said when it refused: RFC 9457, with a stable code. */
export class Problem extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? '';
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
      else reject(refusal(request.status, answer));
    };
    request.send(body);
  });
}

async function call(method, url, body, { headers = {}, signal } = {}) {
  const isData = body instanceof Blob || body instanceof FormData || body === undefined;
  let response;
  try {
    response = await fetch(url, {
      method,
      signal,
      headers: isData ? headers : { 'Content-Type': 'application/json', ...headers },
      body: isData ? body : JSON.stringify(body),
    });
  } catch (error) {
    throw error.name === 'AbortError' ? error : unreachable();
  }
  await check(response);
  return parse(await response.text());
}

async function check(response) {
  if (!response.ok) throw refusal(response.status, parse(await response.text()));
}

function refusal(status, answer) {
  const problem = new Problem(status, answer ?? {});
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
