import { getMetadataStorage } from 'class-validator';

/** class-validator looks for inherited rules among those of every class, at each validation; they are settled once a class is there. */
export function rememberInheritedRules(): void {
  const storage = getMetadataStorage();
  const read = storage.getTargetValidationMetadatas.bind(storage);
  const known = new WeakMap<object, ReturnType<typeof read>>();
  storage.getTargetValidationMetadatas = (type, schema, always, strictGroups, groups) => {
    if (schema || always || strictGroups || groups) return read(type, schema, always, strictGroups, groups);
    const rules = known.get(type) ?? read(type, schema, always, strictGroups, groups);
    known.set(type, rules);
    return rules;
  };
}
