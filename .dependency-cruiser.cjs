// Who may import whom, see docs/architecture.md. scripts/check-boundaries plants a breach of every rule and expects it found.
const layers = [
  'identity',
  'schools',
  'students',
  'education',
  'finance',
  'billing',
  'accounting',
  'bookings',
  'notifications',
  'outgoing-webhooks',
  'reporting',
];

const notRightwards = layers.slice(0, -1).map((module, index) => ({
  name: `${module}-not-rightwards`,
  comment: 'A module calls only modules to its left; to its right it speaks by events.',
  severity: 'error',
  from: { path: `^src/modules/${module}/` },
  to: { path: `^src/modules/(${layers.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'front-door-only',
      comment: 'Another module is reached through its index.ts.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    },
    ...notRightwards,
    {
      name: 'platform-has-no-business',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(modules|integrations|demo)/' },
    },
    {
      name: 'integrations-through-front-doors',
      severity: 'error',
      from: { path: '^src/integrations/' },
      to: { path: '^src/modules/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'integrations-stand-alone',
      comment: 'One outside system knows nothing of another.',
      severity: 'error',
      from: { path: '^src/integrations/([^/]+)/' },
      to: { path: '^src/integrations/', pathNot: '^src/integrations/$1/' },
    },
    {
      name: 'nobody-imports-integrations',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/integrations/', '^src/app\\.module\\.ts$', '^src/entities\\.ts$'] },
      to: { path: '^src/integrations/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules and entities know no transport and no queue.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/domain/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: [
          '^src/modules/[^/]+/(http|jobs|use-cases|queries)/',
          'node_modules/(@nestjs/(common|core|bullmq|swagger)|bullmq|ioredis|fastify)/',
        ],
      },
    },
    {
      name: 'sandbox-stands-alone',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|test|scripts)/' },
    },
    {
      name: 'src-without-sandbox',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(sandbox|test|bench)/', pathNot: '^test/support/' },
    },
    {
      name: 'no-dev-dependencies-in-production',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.spec\\.ts$', '/testing/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
