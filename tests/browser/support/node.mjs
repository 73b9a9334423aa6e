import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const source = fileURLToPath(new URL('../../..', import.meta.url));
const build = process.env.SOFTBOT_BUILD ?? join(source, 'build/release');

/** Starts a program and waits until a line of its output matches; gives the process and the match. */
function start(program, args, sign) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${program} did not start:\n${output}`)), 60_000);
    const read = (bytes) => {
      output += bytes;
      const match = output.match(sign);
      if (match) {
        clearTimeout(late);
        resolve({ child, match });
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`${program} ended with ${code}:\n${output}`)));
  });
}

function stopped(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.removeAllListeners('exit');
    child.on('exit', resolve);
    child.kill('SIGTERM');
  });
}

/** A port that nobody listens on, of those that the system gives to nobody by itself: it is still free a moment later. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    server.on('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}

/** The shipped configuration without the random sample, so that a grant is always sent at once; with other settings and files beside it. */
function configurationWithoutSample(folder, settings, files) {
  cpSync(join(source, 'config'), folder, { recursive: true });
  const file = join(folder, 'safeguards.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/("sampleShare":\s*)"[^"]*"/g, '$1"0"'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const main = join(folder, 'softbot.json');
  writeFileSync(main, JSON.stringify({ ...JSON.parse(readFileSync(main, 'utf8')), ...settings }));
  return main;
}

/** A node with the demo register, on free ports, with a data folder of its own. `register`: who lives there; `settings`, `files`: as above. */
export async function startNode({
  register: people = 'samples/register.json', demo = true, listen = '127.0.0.1:0', settings = {}, files = {},
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'softbot-browser-'));
  const register = await start(join(build, 'demo-register'), ['--file', resolve(source, people), '--listen', '127.0.0.1:0'],
    /listening on (http:\S+)/);
  const daemon = await start(join(build, 'softbot'),
    ['serve', '--data', join(folder, 'data'), '--config', configurationWithoutSample(join(folder, 'config'), settings, files), '--listen', listen,
      '--metrics-listen', 'off', '--register-url', register.match[1], ...(demo ? ['--demo', join(source, 'samples/demo.json')] : [])],
    /softbot serves (http:\S+)/);
  return {
    address: daemon.match[1],
    async stop() {
      await stopped(daemon.child);
      await stopped(register.child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
