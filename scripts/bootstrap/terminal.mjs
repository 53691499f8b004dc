let stream = process.stdout;

/** Progress goes to standard error when standard output belongs to somebody else (a wrapped command). */
export function talkOn(other) {
  stream = other;
}

export function say(text = '') {
  stream.write(`${text}\n`);
}

/**
 * Shows one step of work while it runs and how long it took.
 * @param work gets a function that shows how far it is; a returned string is printed beside the label, an empty
 * one hides the step once it is done.
 */
export async function step(label, work) {
  const started = Date.now();
  const progress = showProgress(label, started);
  try {
    const result = await work(progress.update);
    const detail = typeof result === 'string' ? result : seconds(Date.now() - started);
    progress.end(detail && `✓ ${label}: ${detail}`);
    return result;
  } catch (error) {
    progress.end(`✗ ${label}`);
    throw error;
  }
}

export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

// On a terminal one line is drawn over; elsewhere (a build log) a line is added now and then.
function showProgress(label, started) {
  let detail = '';
  const line = () => `… ${label}${detail && `: ${detail}`} (${Math.round((Date.now() - started) / 1000)} s)`;
  const redraw = () => stream.write(stream.isTTY ? `\r\x1b[2K${line()}` : `${line()}\n`);
  if (stream.isTTY) redraw();
  const timer = setInterval(redraw, stream.isTTY ? 500 : 10_000);
  return {
    update: (text) => (detail = text),
    end: (text) => {
      clearInterval(timer);
      stream.write(`${stream.isTTY ? '\r\x1b[2K' : ''}${text && `${text}\n`}`);
    },
  };
}
