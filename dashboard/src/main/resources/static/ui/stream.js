// What the server tells once a second. One connection for the page, none while nobody can see it.

const TELLERS = new Set();
let source = null;
let last = null;

/** onView(view) for the latest view at once, if there is one, and for each that comes. Returns how to end it. */
export function follow(onView) {
  TELLERS.add(onView);
  if (last) onView(last);
  return () => TELLERS.delete(onView);
}

/** More than this is told: below it lie the running second and the way here. */
const MAY_BE_BEHIND = 4000;

/** onState('live' | 'behind' | 'starting' | 'lost', millis): how far the figures are behind. */
export function connect(onState) {
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource('dashboard/live');
    source.onmessage = (event) => {
      last = JSON.parse(event.data);
      if (!last.ready) onState('starting');
      else onState(last.behindMillis > MAY_BE_BEHIND ? 'behind' : 'live', last.behindMillis);
      TELLERS.forEach((tell) => tell(last));
    };
    source.onerror = () => {
      onState('lost');
      // Refused for good, as after a key has expired: try again as with a cut.
      if (source?.readyState === EventSource.CLOSED) {
        close();
        setTimeout(open, 5000);
      }
    };
  };
  const close = () => {
    source?.close();
    source = null;
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  window.addEventListener('signed-in', () => {
    close();
    open();
  });
  open();
}
