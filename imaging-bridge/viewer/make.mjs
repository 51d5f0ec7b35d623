// Builds or tests the viewers for Maven, and fetches what tests in old browsers need, unless nothing that goes into them has changed since.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'target');
const inputs = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'fonts.mjs', 'view.html', 'ecg.html', 'slide.html', 'src', 'test/unit'];
const results = ['viewer/view.html', 'pdf/NotoSansSC-Regular.ttf', 'pdf/NotoSans-Regular.ttf'];

const ohif = ['package.json', 'package-lock.json', 'build.mjs', 'ndarray.mjs', 'index.html', 'app-config.js'].map((name) => `ohif/${name}`);

const [, , what] = process.argv;
switch (what) {
  case 'build':
    once('viewer-build', inputs.slice(0, -1), results, () => {
      install('.');
      npm('.', 'run', '--silent', 'build');
    });
    once('ohif-build', ohif, ['ohif/index.html.gz'], () => {
      install('ohif');
      execFileSync('node', ['ohif/build.mjs'], { cwd: here, stdio: 'inherit' });
    });
    break;
  case 'test':
    once('viewer-test', [...inputs, '../src/main/resources/film'], [], () => {
      install('.');
      npm('.', 'run', '--silent', 'test');
    });
    break;
  case 'old-browsers':
    install('test/old-browsers');
    unpack('test/old-browsers/node_modules/chrome-aws-lambda/bin/chromium-71.0.3563.0.br', 'old-browsers/chromium-71');
    break;
  default:
    throw new Error('node make.mjs build|test|old-browsers');
}

/** Acts where what goes in has changed, or a file among the classes that comes out is missing. */
function once(name, of, made, act) {
  const stamp = join(target, `.${name}`);
  const now = digest(of);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now && made.every((one) => existsSync(join(target, 'classes', one)))) {
    return;
  }
  act();
  mkdirSync(target, { recursive: true });
  writeFileSync(stamp, now);
}

/** The packages of a directory's lock file, and no others; anew only when it has changed. */
function install(directory) {
  const stamp = join(here, directory, 'node_modules', '.installed');
  const now = digest([join(directory, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
    return;
  }
  npm(directory, 'ci', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(stamp, now);
}

/** A program that its package holds compressed. */
function unpack(from, to) {
  const program = join(target, to);
  if (!existsSync(program)) {
    mkdirSync(dirname(program), { recursive: true });
    // Half a program has another name.
    writeFileSync(`${program}.part`, brotliDecompressSync(readFileSync(join(here, from))), { mode: 0o755 });
    renameSync(`${program}.part`, program);
  }
}

function npm(directory, ...words) {
  execFileSync('npm', words, { cwd: join(here, directory), stdio: 'inherit' });
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
