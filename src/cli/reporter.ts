import type { RunEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import type { RunSummary } from '../model/summary.ts';
import { toEventObject } from '../render/event-json.ts';
import { type MaskName, maskPlan } from '../render/mask-names.ts';
import { renderPlan } from '../render/plan-text.ts';
import {
  applyEvent,
  emptyProgress,
  isTrouble,
  renderEvent,
  renderProgress,
} from '../render/progress.ts';
import { renderSummary } from '../render/summary-text.ts';
import type { Terminal } from './terminal.ts';

/** Shows a run while it works, and what came of it. */
export interface Reporter {
  onEvent(event: RunEvent): void;
  /** The plan, where it is the result. */
  showPlan(plan: Plan): void;
  /** The plan, for somebody who is asked whether to go on. */
  previewPlan(plan: Plan): void;
  showSummary(summary: RunSummary, summaryFile: string): void;
}

/** JSON Lines on standard output and nothing else there. */
export function createJsonReporter(terminal: Terminal, mask: MaskName): Reporter {
  const print = (object: object) => terminal.print(JSON.stringify(object));
  return {
    onEvent(event) {
      // The summary comes last, behind the error of a run that could not go on.
      if (event.type !== 'finished' && event.type !== 'planned') print(toEventObject(event));
    },
    showPlan: (plan) => print(maskPlan(plan, mask)),
    previewPlan: (plan) => print(maskPlan(plan, mask)),
    showSummary: (summary) => print(summary),
  };
}

/** As {@link createJsonReporter}, for a plan that nobody executes: it is the only line. */
export function createJsonPlanReporter(terminal: Terminal, mask: MaskName): Reporter {
  return {
    ...createJsonReporter(terminal, mask),
    onEvent() {},
    showPlan(plan) {
      const { runId: _, ...shown } = maskPlan(plan, mask);
      terminal.print(JSON.stringify(shown));
    },
  };
}

/** Text: progress on standard error, results on standard output. */
export function createTextReporter(
  terminal: Terminal,
  { mask, quiet }: { mask: MaskName; quiet: boolean },
): Reporter {
  const progress = emptyProgress();
  return {
    onEvent(event) {
      applyEvent(progress, event);
      if (quiet) return;
      const line = renderEvent(event);
      if (line !== undefined && (isTrouble(event) || !terminal.isInteractive)) terminal.note(line);
      if (terminal.isInteractive) terminal.rewrite(renderProgress(progress));
    },
    showPlan: (plan) => terminal.print(renderPlan(plan, mask)),
    previewPlan: (plan) => terminal.note(renderPlan(plan, mask)),
    showSummary: (summary, summaryFile) => terminal.print(renderSummary(summary, summaryFile)),
  };
}
