interface Watch {
  readonly actions: Set<() => void>;
  readonly listener: () => void;
}

const watches = new WeakMap<AbortSignal, Watch>();

/**
 * Runs `action` when the signal is aborted. Returns a function that cancels it.
 *
 * All actions share one listener, since Node warns about a leak at more than ten. The listener is removed with the last action.
 * AbortSignal.any would do the same, but leaks memory on Node 20.
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
