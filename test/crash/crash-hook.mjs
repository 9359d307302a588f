// Preloaded into the real command line (`node --import`). It counts the moments at which a process
// may be lost: around every request, every journal write and every file that appears. At the moment
// CRASH_AT it ends or freezes the process; without it, it only writes down what it saw.
// Waits are shortened by TIME_SCALE, so that hours of caution take seconds.
import { appendFileSync, constants } from 'node:fs';
import fs from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const { CRASH_AT = '0', CRASH_SIGNAL = 'SIGKILL', CRASH_LOG, TIME_SCALE = '1' } = process.env;

let count = 0;

function reach(moment) {
  count += 1;
  if (CRASH_LOG) appendFileSync(CRASH_LOG, `${moment}\n`);
  if (String(count) === CRASH_AT || moment === CRASH_AT) process.kill(process.pid, CRASH_SIGNAL);
}

for (const module of [http, https]) {
  const { request } = module;
  module.request = (...call) => {
    const [options] = call;
    const where = `${options.method} ${describePath(String(options.path))}`;
    reach(`${where}: before it is sent`);
    const sent = request(...call);
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
  const type = /"type":"([a-z-]+)"/.exec(String(data))?.[1];
  reach(`journal ${type}: before it is written`);
  if (CRASH_AT === String(count + 1)) {
    // Half a record on the disk: what a lost process or machine leaves behind.
    await appendFile.call(this, data.subarray(0, data.length / 2), ...rest);
  }
  reach(`journal ${type}: torn`);
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

const { setTimeout: delay } = timers;
timers.setTimeout = (ms, ...rest) => delay(ms / Number(TIME_SCALE), ...rest);

syncBuiltinESMExports();

function describePath(path) {
  const [pathname = '', query = ''] = path.split('?');
  const kind = /comp=list/.test(query) ? ' list' : '';
  return pathname.replace(/jobs\/[^/:]+/, 'jobs/{name}').replace(/k\d+/, 'k') + kind;
}
