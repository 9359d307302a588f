import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '../../../src/emulator/emulator.ts';
import {
  type Answer,
  type AnswerBody,
  type AnswerItem,
  type CallService,
  createServiceCaller,
  hasEnded,
  pollUntil,
} from './call-service.ts';

/** The whole emulated stack with what tests of jobs do to it. */
export interface JobStack {
  emulator: Emulator;
  call: CallService;
  /** Blobs of container `source` by name. */
  upload(blobs: Record<string, string | Uint8Array>): Promise<void>;
  /** Text of a blob of container `target`, undefined when there is none. */
  readOutput(name: string): Promise<string | undefined>;
  listOutputs(prefix: string): Promise<string[]>;
  /** Submits a job from `<prefix>` to `out/<prefix>`; `changes` replace parts of its request. */
  submit(name: string, prefix: string, changes?: JobChanges): Promise<Answer>;
  /** The same, to its end. */
  run(name: string, prefix: string, changes?: JobChanges): Promise<AnswerBody>;
  poll(name: string, accepts: (job: AnswerBody) => boolean, stepMs?: number): Promise<AnswerBody>;
  listDocuments(name: string): Promise<AnswerItem[]>;
}

interface JobChanges {
  source?: object;
  target?: object;
  operation?: string;
  customizations?: object;
}

/** Starts the stack; `emulator.stop()` ends it. */
export async function startJobStack(options: EmulatorOptions): Promise<JobStack> {
  const emulator = await startEmulator(options);
  const call = await createServiceCaller(emulator);
  const source = emulator.containerClient('source');
  const target = emulator.containerClient('target');

  const submit: JobStack['submit'] = (name, prefix, changes = {}) =>
    call('PUT', `/jobs/${name}`, {
      body: {
        ...changes,
        sourceLocation: { location: `${emulator.blobEndpoint}/source`, prefix, ...changes.source },
        targetLocation: {
          location: `${emulator.blobEndpoint}/target`,
          prefix: `out/${prefix}`,
          ...changes.target,
        },
      },
    });
  const poll: JobStack['poll'] = (name, accepts, stepMs) =>
    pollUntil({ emulator, call }, `/jobs/${name}`, accepts, stepMs);

  return {
    emulator,
    call,
    submit,
    poll,
    async upload(blobs) {
      for (const [name, content] of Object.entries(blobs)) {
        await source.getBlockBlobClient(name).upload(content, Buffer.byteLength(content));
      }
    },
    async readOutput(name) {
      const blob = target.getBlobClient(name);
      return (await blob.exists()) ? (await blob.downloadToBuffer()).toString() : undefined;
    },
    async listOutputs(prefix) {
      const names: string[] = [];
      for await (const { name } of target.listBlobsFlat({ prefix })) names.push(name);
      return names;
    },
    async run(name, prefix, changes) {
      await submit(name, prefix, changes);
      return poll(name, hasEnded);
    },
    async listDocuments(name) {
      return (await call('GET', `/jobs/${name}/documents?maxpagesize=100`)).body.value ?? [];
    },
  };
}
