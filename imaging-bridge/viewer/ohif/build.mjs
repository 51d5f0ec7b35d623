// Takes what is served of OHIF out of its package: node ohif/build.mjs
//
// The package holds a finished application for the root of a host. Here it lies below /view/ohif, in a directory that is named by all that it is made
// of, so that browsers may keep each of its files for good; index.html alone has a name that stays.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { withClasses } from './ndarray.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'node_modules', '@ohif', 'app', 'dist');
const target = join(here, '..', '..', 'target', 'classes', 'ohif');

/** What has no place here, and why. Each has to be there, so that another version of OHIF is looked at anew. */
const LEFT_OUT = [
  // Replaced by files of our own.
  /^index\.html$/,
  /^app-config\.js$/,
  // A service worker that fetches its own code from elsewhere, and what makes an application of a page.
  /^sw\.js$/,
  /^init-service-worker\.js$/,
  /^manifest\.json$/,
  /^assets\/(?!images\/)/,
  // Other hosts' settings: of Google's store, of servers that deliver the files, of sign-in.
  /^google\.js$/,
  /^_headers$/,
  /^_redirects$/,
  /^serve\.json$/,
  /^oidc-client\.min\.js$/,
  /^silent-refresh\.html$/,
  // For browsers that cannot run the rest.
  /^es6-shim\.min\.js$/,
  /^polyfill\.min\.js$/,
  // Examples of settings.
  /^customizations\//,
  // Segmentation by a model that it would fetch from elsewhere.
  /^ort\//,
  // Between slices of a segmentation; it too fetches its code from elsewhere.
  /^interpolation\.bundle\./,
  /^(136|2299|3332|5060|7071|7841|9270|12)\.bundle\./,
  // Slides have a page of their own.
  /^dicom-microscopy-viewer\//,
  /^(5189|8832)\.css$/,
  /^(5189|5731|8832|9290)\.bundle\./,
  // Modes that are not offered: segmentation, PET with CT, volumes over time, lines of the pleura, tests.
  /^(976|1602|8423|8492)\.css$/,
  /^(1180|1483|1602|2779|4556|4683|7499|8423|8492|9437)\.bundle\./,
];

const OFFERED = ['@ohif/mode-longitudinal', '@ohif/mode-basic', '@ohif/extension-default', '@ohif/extension-cornerstone'];

/** Hosts that code which is left would ask. The page's policy forbids it too. */
const ELSEWHERE =
  /https:\/\/(?:huggingface\.co|raw\.githubusercontent\.com|cdn\.jsdelivr\.net|(?:api|www)\.locize\.io|(?:cloudresourcemanager|healthcare)\.googleapis\.com|d14fa38qiwhyfd\.cloudfront\.net)(?=\/|['"`])/g;

/** The chunk that becomes the worker with the codecs gets a name, since the server answers it with a policy of its own. */
const DECODER = { chunk: '8097', named: 'decoder' };

const PACKED = new Set(['.js', '.css', '.wasm', '.svg', '.html']);

const names = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1))
  .sort();
for (const pattern of LEFT_OUT) {
  if (!names.some((name) => pattern.test(name))) {
    throw new Error(`OHIF has no ${pattern}: is what is left out still right?`);
  }
}
const kept = names.filter((name) => !LEFT_OUT.some((pattern) => pattern.test(name)));
const app = kept.find((name) => /^app\.bundle\.[0-9a-f]+\.js$/.test(name));
const base = `/view/ohif/${digest()}`;

rmSync(target, { recursive: true, force: true });
for (const name of kept) {
  write(join(base.slice('/view/ohif/'.length), renamed(name)), changed(name, readFileSync(join(dist, name))));
}
write(join(base.slice('/view/ohif/'.length), 'app-config.js'), readFileSync(join(here, 'app-config.js')));
write('LICENSE', readFileSync(join(dist, '..', 'LICENSE')));
write('index.html', Buffer.from(readFileSync(join(here, 'index.html'), 'utf8').replaceAll('BASE', base).replace('APP', app)));

/** Of all that the files are made of. */
function digest() {
  const hash = createHash('sha256');
  for (const name of ['package-lock.json', 'build.mjs', 'ndarray.mjs', 'app-config.js']) {
    hash.update(readFileSync(join(here, name))).update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

function changed(name, bytes) {
  switch (extname(name)) {
    case '.js': {
      const moved = bytes.toString('utf8').replaceAll('__webpack_require__.p = "/"', `__webpack_require__.p = "${base}/"`);
      const script = withClasses(moved.replace(ELSEWHERE, '/view/ohif/elsewhere'));
      return Buffer.from(name === app ? offered(script) : script);
    }
    case '.css':
      return Buffer.from(bytes.toString('utf8').replaceAll('url(/', `url(${base}/`));
    default:
      return bytes;
  }
}

function renamed(name) {
  return name.startsWith(`${DECODER.chunk}.bundle.`) ? name.replace(DECODER.chunk, DECODER.named) : name;
}

/** Of the modes and extensions that OHIF starts with, those that are offered here. */
function offered(script) {
  let found = 0;
  const all = script.replace(/^pluginImports_(?:modes|extensions)\.push\("([^"]+)"\);$/gm, (line, name) => {
    if (!OFFERED.includes(name)) {
      return '';
    }
    found++;
    return line;
  });
  if (found !== OFFERED.length) {
    throw new Error(`OHIF starts with ${found} of ${OFFERED.length} modes and extensions that are wanted`);
  }
  const chunks = '8781: "polySeg",}[chunkId]';
  if (all.split(chunks).length !== 2) {
    throw new Error('OHIF names its chunks otherwise');
  }
  return all.replace(chunks, `8781: "polySeg",${DECODER.chunk}: "${DECODER.named}",}[chunkId]`);
}

/** What gets smaller is kept packed only; the server unpacks it for whoever does not take that. */
function write(name, bytes) {
  const path = join(target, name);
  mkdirSync(dirname(path), { recursive: true });
  if (PACKED.has(extname(name))) {
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  } else {
    writeFileSync(path, bytes);
  }
}
