// Every page is valid HTML, by the Nu HTML Checker.
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, finish } from './report.mjs';
import { filesUnder } from './site.mjs';

const site = join(process.argv[2], 'html');
const pages = (await filesUnder(site)).filter((file) => file.endsWith('.html'));
const vnu = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const run = spawnSync('java', ['-jar', vnu, '--format', 'json', '--skip-non-html', site], {
  encoding: 'utf8',
  maxBuffer: 1 << 28,
});
if (run.error) throw run.error;

// The checker reads files without an address, so it cannot know that 'self' and file: are the page's own place.
// That the style sheet is let in is seen in the browser, both ways.
// Nor does it know that a block of data is no script, which no policy is asked about; other inline scripts are sought below.
const isBlind = (message) =>
  /^(Resource violates Content Security Policy \(meta tag\): external|Inline script violates)/.test(message.message);
const found = JSON.parse(run.stderr.slice(run.stderr.indexOf('{'))).messages.filter((message) => !isBlind(message));

for (const page of pages) {
  const own = found.filter((message) => decodeURI(message.url ?? '').endsWith(`/html/${page}`));
  const scripts = (await readFile(join(site, page), 'utf8')).match(/<script\b[^>]*>/g) ?? [];
  const inline = scripts.filter((tag) => !/ src="/.test(tag) && tag !== '<script type="application/ld+json">');
  const faults = own.map((message) => `${message.lastLine}: ${message.subType ?? message.type}: ${message.message}`);
  check('html', page, [...faults, ...inline]);
}
const other = found.filter((message) => !message.url);
check('html', 'the checker itself', other.map((message) => message.message));
finish('html');
