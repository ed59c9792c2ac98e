// DuckDB in memory, asked line by line over standard input: {do, ...} in, {ms, rows} or {error} out. Ends with its input.
import { createInterface } from 'node:readline';
import { performance } from 'node:perf_hooks';
import duckdb from '@duckdb/node-api';

const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: process.argv[2] });
const connection = await instance.connect();
const prepared = new Map();

const work = {
  version: async () => ({ rows: [[duckdb.version()]] }),
  prepare: async ({ name, sql }) => { prepared.set(name, await connection.prepare(sql)); return {}; },
  run: async ({ sql }) => timed(() => connection.runAndReadAll(sql)),
  execute: async ({ name, values }) => {
    const statement = prepared.get(name);
    values.forEach((value, i) => statement.bindInteger(i + 1, value));
    return timed(() => statement.runAndReadAll());
  },
};

async function timed(what) {
  const start = performance.now();
  const reader = await what();
  const ms = performance.now() - start;
  return { ms, rows: reader.getRowsJson() };
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  let answer;
  try { answer = await work[asked.do](asked); } catch (error) { answer = { error: String(error) }; }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
