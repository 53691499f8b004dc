/** `@jest/globals` of whichever file runs: helpers that many files share have imported it but once. */
let current;

export function offer(globals) {
  current = globals;
}

const passedOn = (name) =>
  new Proxy(function () {}, {
    apply: (_target, _self, parts) => current[name](...parts),
    get: (_target, key) => {
      const value = current[name][key];
      return typeof value === 'function' ? value.bind(current[name]) : value;
    },
  });

export const afterAll = passedOn('afterAll');
export const afterEach = passedOn('afterEach');
export const beforeAll = passedOn('beforeAll');
export const beforeEach = passedOn('beforeEach');
export const describe = passedOn('describe');
export const expect = passedOn('expect');
export const it = passedOn('it');
export const jest = passedOn('jest');
