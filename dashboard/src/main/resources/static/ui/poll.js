// Asks again and again for what nobody tells.

/** Does the work every so many milliseconds, never twice at once, not while nobody can see the page. Returns how to end it. */
export function regularly(millis, work) {
  let timer = null;
  let stopped = false;
  const next = () => {
    if (!stopped) timer = setTimeout(turn, millis);
  };
  const turn = async () => {
    if (!document.hidden) {
      try {
        await work();
      } catch {
        // What is shown stays; the state of the connection is told above.
      }
    }
    next();
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
