// What is asked for again and again, as long as somebody looks.

/**
 * ask(): a promise of what is to be shown; onNews(it) when it has changed, onProblem(problem) when it could not be had.
 * { now(), hold(whether), stop() }
 */
export function poll(millis, ask, onNews, onProblem) {
  let timer = null;
  let last = null;
  let turn = 0;
  let held = false;
  let stopped = false;

  const now = async () => {
    clearTimeout(timer);
    turn += 1;
    const mine = turn;
    if (!document.hidden && !held) {
      try {
        const news = await ask();
        if (stopped || held || mine !== turn) return;
        const text = JSON.stringify(news);
        if (text !== last) onNews(news);
        last = text;
      } catch (problem) {
        if (stopped || held || mine !== turn) return;
        last = null;
        onProblem(problem);
      }
    }
    if (!stopped && mine === turn) timer = setTimeout(now, millis);
  };
  now();
  return {
    now,
    hold(whether) {
      held = whether;
      if (!held) now();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

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
