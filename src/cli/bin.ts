#!/usr/bin/env node
// The Azure SDKs log URLs, and with them blob names, when this variable is set. It is read as they
// are loaded, so it goes before everything else.
delete process.env.AZURE_LOG_LEVEL;

const { main } = await import('./main.ts');
const { openTerminal } = await import('./terminal.ts');

process.exitCode = await main(process.argv.slice(2), openTerminal());
