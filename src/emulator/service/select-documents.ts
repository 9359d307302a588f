import type { JobRequest } from '../../wire/job.ts';
import type { Behaviour } from './behaviour.ts';

/** Whether the job's prefix and extensions select the blob `name`. */
export function isSelected(
  name: string,
  source: JobRequest['sourceLocation'],
  behaviour: Behaviour,
): boolean {
  return (
    startsWith(name, source.prefix, behaviour) &&
    source.extensions.some((extension) => hasExtension(name, extension, behaviour))
  );
}

/** The prefix by which storage may narrow the listing: none when case does not matter. */
export function decideListingPrefix(prefix: string, behaviour: Behaviour): string {
  return behaviour.prefixComparison === 'ignoreCase' ? '' : prefix;
}

function startsWith(name: string, prefix: string, behaviour: Behaviour): boolean {
  const start = name.slice(0, prefix.length);
  const starts =
    behaviour.prefixComparison === 'ignoreCase'
      ? start.toLowerCase() === prefix.toLowerCase()
      : start === prefix;
  if (behaviour.partialPrefix === 'names' || prefix === '' || prefix.endsWith('/')) return starts;
  return starts && (name.length === prefix.length || name[prefix.length] === '/');
}

function hasExtension(name: string, extension: string, behaviour: Behaviour): boolean {
  const fileName = name.slice(name.lastIndexOf('/') + 1);
  if (extension === '*') {
    return behaviour.extensionlessNames === 'include' || fileName.includes('.');
  }
  const suffix = readSuffix(extension, behaviour.extensionSyntax);
  return suffix !== undefined && fileName.endsWith(suffix);
}

/** The name's ending that `extension` asks for, or undefined when it is not in the accepted form. */
function readSuffix(extension: string, syntax: Behaviour['extensionSyntax']): string | undefined {
  const form = extension.startsWith('*.') ? 'star' : extension.startsWith('.') ? 'dot' : 'bare';
  if (syntax !== 'any' && syntax !== form) return undefined;
  return `.${extension.replace(/^\*?\./, '')}`;
}
