// Starts the compiled emulator whose index.js is given, says where it is, and stays.
const { startEmulator } = await import(process.argv[2]);
const { blobEndpoint, caFile } = await startEmulator();
process.stdout.write(`${JSON.stringify({ blobEndpoint, caFile })}\n`);
