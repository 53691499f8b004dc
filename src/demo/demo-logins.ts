/** Who can sign in to the demo school; all with the same password. */
export const demoLogins = [
  { role: 'platform admin', email: 'admin@justdriving.example' },
  { role: 'owner', email: 'owner@nordhavn.example' },
  { role: 'teacher', email: 'teacher@nordhavn.example' },
  { role: 'student', email: 'student@nordhavn.example' },
] as const;
