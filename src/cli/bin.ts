#!/usr/bin/env node
// The Azure SDKs log URLs, and with them blob names, when this variable is set. It is read as they
// are loaded, so it goes before everything else.
delete process.env.AZURE_LOG_LEVEL;

const { main } = await import('./main.ts');
const { openTerminal } = await import('./terminal.ts');

const exitCode = await main(process.argv.slice(2), openTerminal());

// A request that failed leaves its timer behind in the SDK, and that would keep the process alive
// for half a minute or more. What is written last is written in full before the end.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
