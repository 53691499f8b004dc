/* Rules of our own for the linter of the OpenAPI document; redocly.yaml turns them on. */

/** An operation says who may use it: a permission where one signs in, a reason where nobody has to. */
function access() {
  return {
    Operation(operation, { report, location }) {
      const isClosed = operation.security?.length > 0;
      if (isClosed && !operation['x-permission']) report({ message: 'Needs `@Requires()`.', location });
      if (!isClosed && !operation['x-public']) report({ message: 'Needs `@Public()`.', location });
    },
  };
}

/** Every JSON body has an example, and every problem by the code it is refused with. */
function examples() {
  return {
    MediaTypesMap(types, { report, location }) {
      for (const [type, { example, examples: named = {}, schema }] of Object.entries(types)) {
        const isFile = schema?.type === 'string';
        const isJson = type === 'application/json' && !isFile && example === undefined;
        const isProblem = type === 'application/problem+json' && Object.keys(named).length === 0;
        if (isJson)
          report({ message: 'Needs an example: give each field of its DTO one.', location: location.child(type) });
        if (isProblem)
          report({
            message: 'Name the problem’s class in `problems` of `@Operation()`.',
            location: location.child(type),
          });
      }
    },
  };
}

export default () => ({ id: 'house', rules: { oas3: { access, examples } } });
