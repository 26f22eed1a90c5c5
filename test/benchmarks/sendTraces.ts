import { Agent, request } from 'node:http';
import { createTracePayload } from './tracePayload';

/** Posts payloads to `argv[2]` for `argv[3]` milliseconds over two connections, then prints how many spans were taken. */
const [url = '', durationText = '3000'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 2 });

function post(body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/msgpack', 'content-length': body.length, 'datadog-client-computed-top-level': 'yes' };
    const sent = request(`${url}/v0.4/traces`, { method: 'PUT', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function send(seed: number, untilMs: number): Promise<number> {
  const payload = createTracePayload(60, seed);
  let spans = 0;
  while (Date.now() < untilMs) {
    payload.renew();
    await post(payload.body);
    spans += payload.spans;
  }
  return spans;
}

async function main(): Promise<void> {
  const untilMs = Date.now() + Number(durationText);
  const spans = await Promise.all([send(0, untilMs), send(1000, untilMs)]);
  agent.destroy();
  console.log(spans.reduce((a, b) => a + b));
}

void main();
