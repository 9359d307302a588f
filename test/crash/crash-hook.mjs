// Preloaded into the real command line (`node --import`). It counts the moments at which a process
// may be lost: around every request, every journal write and every file that appears. At the moment
// CRASH_AT, a number or a name, it ends or freezes the process, once; without it, it only writes
// down what it saw. Waits are shortened by TIME_SCALE, so that hours of caution take seconds.
import { appendFileSync, constants } from 'node:fs';
import fs from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const { CRASH_AT = '0', CRASH_SIGNAL = 'SIGKILL', CRASH_LOG, TIME_SCALE = '1' } = process.env;

let count = 0;
let crashed = false;

function reach(moment) {
  count += 1;
  if (CRASH_LOG) appendFileSync(CRASH_LOG, `${moment}\n`);
  if (crashed || (String(count) !== CRASH_AT && moment !== CRASH_AT)) return;
  crashed = true;
  process.kill(process.pid, CRASH_SIGNAL);
}

for (const module of [http, https]) {
  const { request } = module;
  module.request = (...call) => {
    const [options] = call;
    let where = `${options.method} ${describePath(String(options.path))}`;
    reach(`${where}: before it is sent`);
    const sent = request(...call);
    const { end } = sent;
    sent.end = function (...rest) {
      // A journal in a blob container: each record is a request of its own.
      if (where.endsWith(' appendblock')) where = `journal ${readType(rest[0])}`;
      return end.apply(this, rest);
    };
    sent.once('finish', () => reach(`${where}: sent`));
    sent.prependOnceListener('response', (response) => {
      response.prependOnceListener('end', () => reach(`${where}: answered`));
    });
    return sent;
  };
}

const probe = await fs.open('/dev/null', constants.O_RDONLY);
const handle = Object.getPrototypeOf(probe);
await probe.close();
const { appendFile, datasync } = handle;
handle.appendFile = async function (data, ...rest) {
  const type = readType(data);
  reach(`journal ${type}: before it is written`);
  const torn = `journal ${type}: torn`;
  if (CRASH_AT === String(count + 1) || CRASH_AT === torn) {
    // Part of a record on the disk: what a lost process or machine leaves behind.
    await appendFile.call(this, data.subarray(0, data.length / 2), ...rest);
  }
  reach(torn);
  this.deidRecord = type;
  return appendFile.call(this, data, ...rest);
};
handle.datasync = async function (...rest) {
  const type = this.deidRecord;
  reach(`journal ${type}: written`);
  await datasync.call(this, ...rest);
  reach(`journal ${type}: on the disk`);
};

for (const name of ['rename', 'link']) {
  const original = fs[name];
  fs[name] = async (...call) => {
    reach(`${name}: before`);
    await original(...call);
    reach(`${name}: done`);
  };
}

/** Limits of requests: scaled like all else, they would end requests in flight on a busy machine. */
const LIMITS_MS = [30_000, 60_000];

const { setTimeout: delay } = timers;
timers.setTimeout = (ms, ...rest) => {
  const scale = LIMITS_MS.includes(ms) ? Math.sqrt(Number(TIME_SCALE)) : Number(TIME_SCALE);
  return delay(ms / scale, ...rest);
};

syncBuiltinESMExports();

function readType(data) {
  return /"type":"([a-z-]+)"/.exec(String(data))?.[1];
}

function describePath(path) {
  const [pathname = '', query = ''] = path.split('?');
  const operation = /comp=([a-z]+)/.exec(query)?.[1];
  const place = pathname.replace(/jobs\/[^/:]+/, 'jobs/{name}').replace(/\/state\/.*/, '/state/');
  return operation ? `${place} ${operation}` : place;
}
