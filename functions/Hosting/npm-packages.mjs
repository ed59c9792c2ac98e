// Fetches the npm packages of package-lock.json unless they are there already. Builds at the same time wait for each other.
//   node npm-packages.mjs <repository root> <lock file>
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const [root, lock] = process.argv.slice(2);
const wanted = join(root, 'package-lock.json');
const present = join(root, 'node_modules', '.package-lock.json'); // npm writes it last

if (!upToDate()) {
  await take();
  try {
    if (!upToDate()) fetchAll();
  } finally {
    rmSync(lock, { force: true });
  }
}

function upToDate() {
  return existsSync(present) && statSync(present).mtimeMs >= statSync(wanted).mtimeMs;
}

function fetchAll() {
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (npm.status !== 0) process.exitCode = npm.status ?? 1;
}

async function take() {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!held()) rmSync(lock, { force: true });
    await wait(200);
  }
}

function held() {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return pid === 0 || process.kill(pid, 0); // 0: created this instant, not yet written
  } catch {
    return false;
  }
}
