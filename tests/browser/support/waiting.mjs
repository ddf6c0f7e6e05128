// Waiting for something that events bring about. Nothing is asked for again and again: whoever learns of an event looks.

// How long anything may take that a test waits for. Nothing waits this long unless it fails.
export const PATIENCE = 45_000;

//   const news = lookout();
//   news.look()                                        something has happened
//   await news.until(() => found, () => 'for what')    the first that is truthy; fails with `what` after PATIENCE
export function lookout() {
  const waiting = new Set();
  return {
    look() {
      for (const each of waiting) each();
    },
    until: (find, what) => new Promise((resolve, reject) => {
      const found = find();
      if (found) return resolve(found);
      const timer = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`waited ${PATIENCE} ms in vain for ${what()}`));
      }, PATIENCE);
      function look() {
        const result = find();
        if (!result) return;
        clearTimeout(timer);
        waiting.delete(look);
        resolve(result);
      }
      waiting.add(look);
      return undefined;
    }),
  };
}

//   await inTime(context.close(), () => 'it does not close')      what has no limit of its own
export function inTime(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${PATIENCE} ms in vain: ${what()}`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
