// Boundaries of the house, made from architecture.json.
const { domains, wings } = require('./architecture.json')

const domainWings = wings.filter((wing) => !['web', 'app', 'platform', 'kit'].includes(wing))
const above = (wing) => wings.slice(0, wings.indexOf(wing))
const folder = (name) => `^src/${domains[name].wing}/${name}/`
const pureRooms = '(contract|rules)(\\.ts$|/)'

/** A wing never reaches up. */
const downward = wings
  .filter((wing) => above(wing).length > 0)
  .map((wing) => ({
    name: `downward-${wing}`,
    severity: 'error',
    comment: 'Arrows only downward.',
    from: { path: `^src/${wing}/`, pathNot: '\\.(test|fixture)\\.ts$' },
    to: { path: `^src/(${above(wing).join('|')})/` },
  }))

/** A domain calls inside its wing only whom architecture.json lists. */
const within = Object.entries(domains).map(([name, domain]) => {
  const forbidden = Object.keys(domains).filter(
    (other) => other !== name && domains[other].wing === domain.wing && !domain.calls.includes(other),
  )
  return {
    name: `calls-${name}`,
    severity: 'error',
    comment: 'Whom a domain may call stands in architecture.json.',
    from: { path: folder(name), pathNot: '\\.test\\.ts$' },
    to: { path: forbidden.length > 0 ? `^src/${domain.wing}/(${forbidden.join('|')})/` : '^never$' },
  }
})

/** Another domain is reached only through its public.ts, contract.ts and rules.ts. */
const doors = Object.keys(domains).map((name) => ({
  name: `door-${name}`,
  severity: 'error',
  comment: 'A domain is entered through public.ts (or its pure contract and rules).',
  from: { path: `^src/(${domainWings.join('|')})/`, pathNot: [folder(name), '\\.test\\.ts$'] },
  to: { path: folder(name), pathNot: `${folder(name)}(public\\.ts$|${pureRooms})` },
}))

module.exports = {
  forbidden: [
    ...downward,
    ...within,
    ...doors,
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'No circles.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'web-sees-pure',
      severity: 'error',
      comment: 'The web imports of domains only contract and rules.',
      from: { path: '^src/web/' },
      to: { path: '^src/(?!web/|kit/)', pathNot: `^src/(${domainWings.join('|')})/[^/]+/(${pureRooms}|words\\.)` },
    },
    {
      name: 'pure-stays-pure',
      severity: 'error',
      comment: 'kit, contract.ts and rules.ts import only pure files and zod.',
      from: { path: `^src/(kit/|[^/]+/[^/]+/${pureRooms})`, pathNot: ['\\.test\\.ts$', '^src/(web|platform|app)/'] },
      to: { pathNot: [`^src/(kit/|[^/]+/[^/]+/${pureRooms})`, 'node_modules/zod/', '\\.json$'] },
    },
    {
      name: 'sealed-stays-home',
      severity: 'error',
      comment: 'sealed-rules.ts is for its own domain only.',
      from: { path: '^src/([^/]+)/([^/]+)/' },
      to: { path: '/sealed-rules\\.ts$', pathNot: '^src/$1/$2/' },
    },
    {
      name: 'store-is-sql',
      severity: 'error',
      comment: 'Only actions, public, reactions, search and the provider of one sign-on read a store.',
      from: {
        path: `^src/(${domainWings.join('|')})/`,
        pathNot: '/(actions|store|public|reactions|search|export|oidc)(\\.ts$|/)|\\.test\\.ts$',
      },
      to: { path: '/store(\\.ts$|/)' },
    },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      comment: 'The product never imports tests.',
      from: { path: '^src/', pathNot: '\\.(test|fixture)\\.ts$' },
      to: { path: '(^tests/|\\.(test|fixture)\\.ts$)' },
    },
    {
      name: 'landing-is-light',
      severity: 'error',
      comment: 'Residents and the frame never pull Ant Design, charts or maps.',
      from: { path: '^src/web/(app/(main|router|shells/resident|session|client)|ui/(resident|shared))' },
      to: { path: 'node_modules/(antd|echarts|maplibre-gl)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'Every import resolves.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|\\.\\./.*words)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^out/|^dist/|^var/|\\.module\\.css$)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.cruise.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css'],
    },
  },
}
