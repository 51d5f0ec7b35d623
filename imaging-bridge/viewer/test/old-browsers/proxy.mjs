// Between the browser and the server: what was asked and how it was answered, also by workers, of which old browsers tell nothing.
import { createServer, request as ask } from 'node:http';
import { once } from 'node:events';

const SCRIPT = '/view/assets/stand-ins.js';

/**
 * @param {string} base of the server
 * @param {{script: string, style: (text: string) => string}} [standIns] for what the browser lacks: a script that comes first on the pages of viewers,
 *   and what is done to style sheets
 */
export async function proxy(base, standIns) {
  const upstream = new URL(base);
  const asked = [];
  const server = createServer((request, response) => {
    if (standIns !== undefined && request.url === SCRIPT) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(standIns.script);
      return;
    }
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    const onward = ask({ host: upstream.hostname, port: upstream.port, method: request.method, path: request.url, headers });
    onward.on('response', (answer) => {
      asked.push({ method: request.method, path: request.url, accept: request.headers.accept ?? '', status: answer.statusCode });
      // Patients' browsers speak TLS. Here they do not, and old ones keep no Secure cookie then, not even of this machine.
      const cookies = answer.headers['set-cookie'];
      if (cookies !== undefined) {
        answer.headers['set-cookie'] = cookies.map((cookie) => cookie.replace('; Secure', ''));
      }
      if (standIns !== undefined && /^\/(view|film\/open\/[^/]+)\/(view|ecg|slide)?(\?|$)/.test(request.url)) {
        mended(answer, response, (page) => page.replace('<head>', `<head><script src="${SCRIPT}"></script>`));
      } else if (standIns !== undefined && request.url.endsWith('.css')) {
        mended(answer, response, standIns.style);
      } else {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      }
    });
    // A page that was left asks no more.
    response.on('close', () => onward.destroy());
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    asked,
    end() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function mended(answer, response, mend) {
  const parts = [];
  for await (const part of answer) {
    parts.push(part);
  }
  const { 'content-length': _, ...headers } = answer.headers;
  response.writeHead(answer.statusCode, headers).end(mend(Buffer.concat(parts).toString()));
}
