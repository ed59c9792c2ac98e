// Azurite's tables and queues (no blobs) on free loopback ports, for as long as standard input stays open.
//   node azurite.mjs <folder of the azurite package> <data folder, or nothing for memory>
// Prints one line of JSON when ready: {"pid":…,"queue":port,"table":port}
//
// The process that is started only starts the one that serves, in a process group of its own, and ends: so Ctrl+C or a SIGKILL
// that meets the service's group does not meet Azurite. It ends, and saves what it has acknowledged, when its standard input
// closes, which also happens when whoever holds the other end is killed.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [azurite, folder = ''] = process.argv.slice(2);
const serving = process.env.JOBMATCH_AZURITE_SERVES === '1';

if (serving) {
  await serve();
} else {
  spawn(process.execPath, [fileURLToPath(import.meta.url), azurite, folder], {
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit'],
    env: { ...process.env, JOBMATCH_AZURITE_SERVES: '1', AZURITE_ACCOUNTS: '' }, // the account is always the well-known one
  }).unref();
}

async function serve() {
  // Azurite's own server classes rather than its commands: `azurite` insists on blobs, `azurite-table` does not save on SIGTERM.
  const require = createRequire(import.meta.url);
  const load = name => require(join(azurite, 'dist', 'src', name)).default;
  const QueueServer = load('queue/QueueServer');
  const QueueConfiguration = load('queue/QueueConfiguration');
  const TableServer = load('table/TableServer');
  const TableConfiguration = load('table/TableConfiguration');
  require(join(azurite, 'dist', 'src', 'common', 'Logger')).configLogger(false);

  const memory = folder === '';
  const release = memory ? () => { } : await take(folder);
  const host = '127.0.0.1';
  const anyPort = 0;
  const keepAlive = 120; // seconds: longer than a client keeps an idle connection, so that none is closed under a request
  const file = name => join(memory ? '.' : folder, name);

  const extents = [{ locationId: 'Default', locationPath: file('__queuestorage__'), maxConcurrency: 10 }];
  const queues = new QueueServer(new QueueConfiguration(host, anyPort, keepAlive,
    file('__azurite_db_queue__.json'), file('__azurite_db_queue_extent__.json'), extents,
    false, undefined, false, undefined, false, false, '', '', '', undefined, true, memory));
  const tables = new TableServer(new TableConfiguration(host, anyPort, keepAlive,
    file('__azurite_db_table__.json'),
    false, false, undefined, undefined, false, false, '', '', '', undefined, true, memory));

  if (memory) forgetAtOnce(queues.gcManager.extentStore);
  findByTheRarerKey(tables.metadataStore);
  expireEachSecond(queues.metadataStore);
  await queues.start();
  await tables.start();

  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), 30_000).unref(); // never an orphan, whatever a save waits for
    await Promise.allSettled([queues.close(), tables.close()]);
    release();
    process.exit(0);
  };
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => { }); // nobody reads any more
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.stdin.on('end', end).on('close', end).on('error', end).resume();

  const port = server => Number(new URL(server.getHttpServerAddress()).port);
  process.stdout.write(JSON.stringify({ pid: process.pid, queue: port(queues), table: port(tables) }) + '\n');
}

// Each minute Azurite 3.37 forgets the messages that were deleted, one by one, each time going through all there are, and
// answers nobody meanwhile: 2 ms for each of 2,000, 51 ms for each of 20,000 (measured 2026-11-27), in other words for minutes.
function forgetAtOnce(store) {
  store.deleteExtents = async ids => {
    for (const id of ids) store.chunks.delete(store.categoryName, id);
    const { db, EXTENTS_COLLECTION } = store.metadataStore;
    db.getCollection(EXTENTS_COLLECTION).removeWhere(extent => ids.has(extent.id));
    return ids.size;
  };
}

// Azurite 3.37 finds a row among all that have its row key, which are as many as people where each person's row is `profile`.
function findByTheRarerKey(store) {
  const collectionOf = store.getEntityCollection;
  store.getEntityCollection = function (...table) {
    const rows = collectionOf.apply(this, table);
    if (!Object.hasOwn(rows, 'findOne')) {
      const { findOne } = rows;
      const having = (key, value) => { const [first, last] = rows.calculateRange('$eq', key, value); return last - first; };
      rows.findOne = ({ RowKey, PartitionKey }) =>
        findOne.call(rows, having('PartitionKey', PartitionKey) < having('RowKey', RowKey) ? { PartitionKey, RowKey } : { RowKey, PartitionKey });
    }
    return rows;
  };
}

// Azurite 3.37 looks through all messages for expired ones with every call. Ours never expire.
function expireEachSecond(store) {
  const { clearExpiredMessages } = store;
  const next = new Map();
  store.clearExpiredMessages = async (account, queue, context) => {
    if (Date.now() < next.get(queue)) return;
    next.set(queue, Date.now() + 1_000);
    await clearExpiredMessages.call(store, account, queue, context);
  };
}

// One Azurite a folder: the one before, whose service was killed a moment ago, may still be saving.
async function take(folder) {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'azurite.pid');
  const patience = Date.now() + 30_000;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOf(lock);
    if (holder === 0) {
      rmSync(lock, { force: true });
    } else if (Date.now() > patience) {
      console.error(`The data folder ${folder} is in use: process ${holder} keeps it.`);
      process.exit(1);
    } else {
      await wait(50);
    }
  }
}

function holderOf(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid === 0) return -1; // created this instant, not yet written
    process.kill(pid, 0);
    return isAzurite(pid) ? pid : 0;
  } catch {
    return 0;
  }
}

// After a crash of the machine the number may belong to anyone.
function isAzurite(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('azurite.mjs');
  } catch {
    return true; // no such place on this system
  }
}
