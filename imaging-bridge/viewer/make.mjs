// Builds or tests the viewer for Maven, unless nothing that goes into it has changed since.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'target');
const inputs = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'fonts.mjs', 'view.html', 'ecg.html', 'slide.html', 'src', 'test/unit'];
const results = ['viewer/view.html', 'pdf/NotoSansSC-Regular.ttf', 'pdf/NotoSans-Regular.ttf'];

const [, , what] = process.argv;
switch (what) {
  case 'build':
    once('viewer-build', inputs.slice(0, -1), () => results.every((one) => existsSync(join(target, 'classes', one))), 'build');
    break;
  case 'test':
    once('viewer-test', inputs, () => true, 'test');
    break;
  default:
    throw new Error('node make.mjs build|test');
}

function once(name, of, isThere, script) {
  const stamp = join(target, `.${name}`);
  const now = digest(of);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now && isThere()) {
    return;
  }
  install();
  npm('run', '--silent', script);
  mkdirSync(target, { recursive: true });
  writeFileSync(stamp, now);
}

/** The packages of the lock file, and no others; anew only when it has changed. */
function install() {
  const stamp = join(here, 'node_modules', '.installed');
  const now = digest(['package-lock.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
    return;
  }
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(stamp, now);
}

function npm(...words) {
  execFileSync('npm', words, { cwd: here, stdio: 'inherit' });
}

function digest(names) {
  const hash = createHash('sha256');
  for (const name of names) {
    add(hash, name);
  }
  return hash.digest('hex');
}

function add(hash, name) {
  const path = join(here, name);
  if (!existsSync(path)) {
    return;
  }
  if (statSync(path).isDirectory()) {
    readdirSync(path)
      .sort()
      .forEach((child) => add(hash, `${name}/${child}`));
  } else {
    hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  }
}
