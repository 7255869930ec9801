// Serves dist/ on this machine only. `make run` starts it; the end-to-end tests import it.

import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

import sirv from "sirv";

const FIRST_PORT = 8787;
const DIST = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../dist");

/**
 * Serves `folder` under the path `base` (begins and ends with "/") and resolves to `{ server, url }`.
 * Port 0 takes any free one; another one that is taken gives way to the next.
 */
export function serve({ folder = DIST, base = "/", port = FIRST_PORT } = {}) {
  // dev: files are read at each request, so that a build needs no restart.
  const files = sirv(folder, { dev: true, etag: true });
  const server = http.createServer((request, response) => {
    const notFound = () => response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    if (!request.url.startsWith(base)) return notFound();
    request.url = request.url.slice(base.length - 1);
    files(request, response, notFound);
  });
  return new Promise((resolve, reject) => {
    server.on("error", (error) => {
      if (error.code === "EADDRINUSE" && port !== 0) server.listen(++port, "127.0.0.1");
      else reject(error);
    });
    server.on("listening", () => resolve({ server, url: `http://127.0.0.1:${server.address().port}${base}` }));
    server.listen(port, "127.0.0.1");
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve();
  console.log(`自评通: ${url} (stop with Ctrl+C)`);
}
