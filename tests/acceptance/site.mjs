// The published files: which there are, and a server that has them under a sub-path.
import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
};

/** Paths of all files under a folder, with `/` between folders, in order. */
export async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .sort();
}

/** One page of each kind: those at the top, and the first of every folder. */
export function kinds(pages) {
  const folders = new Set();
  return pages.filter((page) => {
    const folder = page.includes('/') ? page.slice(0, page.lastIndexOf('/')) : null;
    if (folder === null) return true;
    if (folders.has(folder)) return false;
    folders.add(folder);
    return true;
  });
}

/** Serves a folder below a path that is not the root, as an intranet does. */
export async function serve(folder) {
  const prefix = '/intranat/katalog/';
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const name = path.slice(prefix.length);
    try {
      if (!path.startsWith(prefix) || name.split('/').includes('..')) throw new Error('outside');
      const bytes = await readFile(join(folder, name));
      response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { root: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() };
}
