interface Watch {
  readonly actions: Set<() => void>;
  readonly listener: () => void;
}

const watches = new WeakMap<AbortSignal, Watch>();

/**
 * Runs `action` when the signal is aborted. Returns what takes that back.
 *
 * All actions share one listener, since Node takes more than ten for a leak and says so; and there is none as soon
 * as there is nothing to do. AbortSignal.any would do the same, but on Node 20 never forgets what it was asked.
 */
export function onAbort(signal: AbortSignal | undefined, action: () => void): () => void {
  if (!signal) return () => {};
  const watch = watches.get(signal) ?? startWatch(signal);
  watch.actions.add(action);
  return () => {
    watch.actions.delete(action);
    if (watch.actions.size > 0 || watches.get(signal) !== watch) return;
    watches.delete(signal);
    signal.removeEventListener("abort", watch.listener);
  };
}

function startWatch(signal: AbortSignal): Watch {
  const actions = new Set<() => void>();
  const listener = () => {
    for (const action of [...actions]) action();
  };
  const watch = { actions, listener };
  watches.set(signal, watch);
  signal.addEventListener("abort", listener);
  return watch;
}
