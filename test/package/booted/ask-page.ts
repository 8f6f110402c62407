import type { BootedDebian } from './booted-debian.ts';
import { NODE } from './installed-lintel.ts';

const URL = 'http://127.0.0.1:8088';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** What the page's program answers to whoever is at the other end of the cable. */
export async function asked(debian: BootedDebian, path: string, posted?: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json', origin: URL };
  const options = posted && { method: 'POST', headers, body: JSON.stringify(posted) };
  const script = `fetch(${JSON.stringify(URL + path)}, ${JSON.stringify(options)})
    .then(async (got) => ({ status: got.status, type: got.headers.get('content-type'), text: await got.text() }))
    .catch((error) => ({ status: 0, type: '', text: error.cause?.code ?? String(error) }))
    .then((answer) => console.log(JSON.stringify(answer)))`;
  return JSON.parse(await debian.must([NODE, '--eval', script]));
}
