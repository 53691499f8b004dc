/**
 * Resolves with the signal's name when the reader wants this command to end: Ctrl-C, kill, a closed terminal, or an npm
 * that is gone without having passed its signal on.
 * @param insist called when Ctrl-C is pressed again later on (npm doubles the first one within a moment)
 */
export function untilToldToStop(insist = () => {}) {
  return new Promise((resolve) => {
    let first = 0;
    const told = (name) => {
      if (first && Date.now() - first > 1_500) insist();
      first ||= Date.now();
      resolve(name);
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, told);
    if (process.env.npm_lifecycle_event) watchParent(told);
  });
}

function watchParent(told) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    told('the end of npm');
  }, 1_000);
  timer.unref();
}
