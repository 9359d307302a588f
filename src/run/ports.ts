import type { Clock } from '../clock.ts';
import type { RunStore } from '../journal/run-store.ts';
import type { MatchRules } from '../match.ts';
import type { Brake } from '../model/brake.ts';
import type { RunEvent } from '../model/event.ts';
import type { Lister } from '../model/lister.ts';
import type { Location } from '../model/location.ts';
import type { Plan } from '../model/plan.ts';
import type { GroupOf } from '../plan/group-by.ts';
import type { PlanRules } from '../plan.ts';
import type { PollPorts } from '../poll.ts';
import type { SubmitPorts } from '../submit/ports.ts';
import type { VerifyPorts } from '../verify.ts';
import type { Recorder } from './recorder.ts';

/** All that planning touches. */
export interface PlanPorts {
  source: Lister;
  target: Lister;
  store: Pick<RunStore, 'runId' | 'files'>;
  emit(event: RunEvent): void;
}

/** All that a run touches. */
export interface RunPorts extends PlanPorts {
  store: RunStore;
  jobs: SubmitPorts['jobs'] & PollPorts['jobs'] & VerifyPorts['jobs'];
  clock: Clock;
}

export interface PlanRequest {
  match: MatchRules;
  groupOf: GroupOf | undefined;
  plan: Omit<PlanRules, 'runId' | 'prefixes'>;
  target: Location;
  service: string;
  /** Whether a selection without documents is a plan rather than an error. */
  allowEmpty: boolean;
  signal: AbortSignal;
}

export interface ExecuteRequest {
  plan: Plan;
  /** Jobs in flight at a time. */
  concurrency: number;
  /** Whether outputs bear the names of their documents. */
  outputNamesKnown: boolean;
  /** When too much has failed to go on. */
  brake: Brake;
  /** Aborting it stops the run; jobs go on remotely. */
  signal: AbortSignal;
  /** Aborting it cancels the jobs in flight, submits no more, and waits for the end. */
  canceling: AbortSignal;
}

/** What every step of a batch needs. */
export interface Driving {
  ports: RunPorts;
  recorder: Recorder;
  request: ExecuteRequest;
  /** Whether nothing more may be submitted. */
  isClosed(): boolean;
}
