// Verifies the made-up demo content of this folder: counts, exact sums, unique wording, classes covered, no real phone numbers.
import { readFileSync } from 'node:fs'

const here = new URL('.', import.meta.url)
const faults = []
const expect = (holds, fault) => {
  if (!holds) faults.push(fault)
}
const read = (file) => {
  const content = JSON.parse(readFileSync(new URL(file, here), 'utf8'))
  expect(typeof content.note === 'string' && content.note.includes('虚构'), `${file}: the note must say 虚构`)
  return content
}

const files = ['needs.json', 'people.json', 'organizations.json', 'projects.json', 'tour.json', 'words.json']
const [needsFile, people, organizationsFile, projectsFile, tour, words] = files.map(read)
const { needs } = needsFile
const { organizations } = organizationsFile
const { projects } = projectsFile

/** Every text value below a node, with the path that names it in a fault. */
function* textsOf(node, path) {
  if (typeof node === 'string') yield [path, node]
  else if (node && typeof node === 'object') {
    for (const [key, value] of Object.entries(node)) yield* textsOf(value, `${path}.${key}`)
  }
}

/** Texts that share a run of `length` characters sound like one sentence frame; each pair is named once. */
function expectNoSharedRun(entries, length, where) {
  const owner = new Map()
  const named = new Set()
  for (const [key, text] of entries) {
    for (let start = 0; start + length <= text.length; start += 1) {
      const run = text.slice(start, start + length)
      const other = owner.get(run)
      if (other !== undefined && other !== key && !named.has(`${other} ${key}`)) {
        named.add(`${other} ${key}`)
        faults.push(`${where}: ${other} and ${key} share "${run}"`)
      }
      owner.set(run, key)
    }
  }
}

/** No opening of `length` characters more often than `limit`. */
function expectVariedOpenings(entries, length, limit, where) {
  const openings = new Map()
  for (const [key, text] of entries) {
    const opening = text.slice(0, length)
    openings.set(opening, [...(openings.get(opening) ?? []), key])
  }
  for (const [opening, keys] of openings) {
    expect(keys.length <= limit, `${where}: opening "${opening}" in ${keys.join(', ')}`)
  }
}

const expectUnique = (values, where) => {
  const seen = new Set()
  for (const value of values) {
    expect(!seen.has(value), `${where}: "${value}" twice`)
    seen.add(value)
  }
}

// --- needs ---------------------------------------------------------------------------------------------------------
const taxonomyRows = readTaxonomy()
const categoryCodes = new Set(taxonomyRows.map((row) => row.code))
const topClasses = taxonomyRows.filter((row) => row.parent === '').map((row) => row.code)

function readTaxonomy() {
  const lines = readFileSync(new URL('../taxonomy.csv', here), 'utf8').trim().split(/\r?\n/).slice(1)
  return lines.map((line) => ({ code: line.split(',')[0], parent: line.split(',')[1] }))
}

expect(needs.length >= 132, `needs: ${needs.length} instead of at least 132`)
expectUnique(needs.map((need) => need.key), 'needs.key')
expectUnique(needs.map((need) => need.title), 'needs.title')
expectUnique(needs.map((need) => need.answer), 'needs.answer')
const declineCodes = new Set([
  'beyond-powers', 'legal-route', 'already-handled', 'not-enough-detail', 'private-dispute', 'against-rules', 'already-decided',
])
for (const need of needs) {
  const { key } = need
  expect(/^n\d{3}$/.test(key), `needs: key ${key}`)
  expect(categoryCodes.has(need.category), `${key}: unknown category ${need.category}`)
  expect(need.title.length >= 4 && need.title.length <= 30, `${key}: title of ${need.title.length} characters`)
  expect(need.text.length >= 30 && need.text.length <= 180, `${key}: text of ${need.text.length} characters`)
  expect(['self', 'family', 'group'].includes(need.forWhom), `${key}: forWhom ${need.forWhom}`)
  expect(['public', 'private'].includes(need.visibility), `${key}: visibility ${need.visibility}`)
  expect(
    ['elder', 'adult', 'parent', 'young', 'newcomer', 'disabled', 'shopkeeper'].includes(need.voice),
    `${key}: voice ${need.voice}`,
  )
  expect(need.place.length >= 2, `${key}: place missing`)
  expect(need.answer.length >= 12, `${key}: answer too thin`)
  for (const verdict of ['met', 'partly', 'notMet']) {
    expect(need.verdictWords?.[verdict]?.length >= 2, `${key}: verdictWords.${verdict} missing`)
  }
  expect(!need.text.includes('希望社区能'), `${key}: the worn formula 希望社区能`)
  expect((need.declineReason === undefined) === (need.declineCode === undefined), `${key}: decline code and reason go together`)
  expect(need.sex === undefined || ['male', 'female'].includes(need.sex), `${key}: sex ${need.sex}`)
  expect(need.age === undefined || (need.age >= 16 && need.age <= 92), `${key}: age ${need.age}`)
  if (need.declineCode) expect(declineCodes.has(need.declineCode), `${key}: decline code ${need.declineCode}`)
}
for (const top of topClasses) {
  expect(needs.some((need) => need.category.slice(0, 2) === top), `needs: class ${top} not covered`)
}
const privateShare = needs.filter((need) => need.visibility === 'private').length / needs.length
expect(privateShare >= 0.05 && privateShare <= 0.11, `needs: ${(privateShare * 100).toFixed(1)} % private, not about 8`)
const lengths = needs.map((need) => need.text.length)
expect(lengths.filter((length) => length < 45).length >= 15, 'needs: too few short texts')
expect(lengths.filter((length) => length > 100).length >= 25, 'needs: too few long texts')
const textEntries = needs.map((need) => [need.key, need.text])
expectNoSharedRun(textEntries, 9, 'needs.text')
expectVariedOpenings(textEntries, 4, 2, 'needs.text')
expectNoSharedRun(needs.map((need) => [need.key, need.answer]), 12, 'needs.answer')
const verdictPhrases = needs.flatMap((need) => Object.values(need.verdictWords ?? {}))
expectUnique(verdictPhrases, 'needs.verdictWords')
expect(needs.filter((need) => need.declineReason).length >= 8, 'needs: fewer than 8 with a decline reason')

// --- people --------------------------------------------------------------------------------------------------------
const { residents, socialWorkers, staff } = people
expect(residents.length === 230, `people: ${residents.length} residents instead of 230`)
expect(socialWorkers.length === 70, `people: ${socialWorkers.length} social workers instead of 70`)
expectUnique([...residents, ...socialWorkers, ...staff].map((person) => person.name), 'people.name')
expectUnique(residents.map((person) => person.phone), 'people.phone')
expectUnique(residents.map((person) => person.nickname), 'people.nickname')
for (const person of residents) {
  expect(/^1990000\d{4}$/.test(person.phone), `${person.name}: phone ${person.phone} outside the made-up range`)
  expect(['male', 'female'].includes(person.sex), `${person.name}: sex ${person.sex}`)
  const birth = new Date(`${person.birth}T00:00:00Z`)
  expect(birth.toISOString().slice(0, 10) === person.birth, `${person.name}: birth ${person.birth}`)
  const age = (Date.UTC(2026, 10, 23) - birth.getTime()) / (365.25 * 86400000)
  expect(age >= 16 && age < 93, `${person.name}: age ${age.toFixed(1)}`)
}
for (const person of socialWorkers) {
  expect(['assistant', 'social-worker', 'senior'].includes(person.level), `${person.name}: level ${person.level}`)
  expect(person.skill.length > 0, `${person.name}: no skill`)
  for (const code of person.skill) expect(categoryCodes.has(code), `${person.name}: unknown skill ${code}`)
}
const townshipRoles = {
  'community-head': 10, 'community-worker': 12, 'grid-leader': 3, 'grid-worker': 5, 'township-reviewer': 2,
  'township-procurer': 2, 'township-settler': 2, 'township-staff-officer': 1, supervisor: 1,
}
for (const place of ['township-1', 'township-2']) {
  for (const [role, least] of Object.entries(townshipRoles)) {
    const count = staff.filter((person) => person.place === place && person.role === role).length
    expect(count >= least, `staff: ${count} × ${role} in ${place}, at least ${least} needed`)
  }
}
const otherRoles = {
  'department-officer': 6, 'county-civil-affairs': 2, 'county-finance': 2, 'county-overseer': 2, 'city-officer': 1,
  'province-officer': 1, panelist: 9, evaluator: 3, 'system-administrator': 1, 'security-administrator': 1,
  'audit-administrator': 1, 'organization-administrator': 15, 'organization-member': 15, volunteer: 5,
}
for (const [role, least] of Object.entries(otherRoles)) {
  const count = staff.filter((person) => person.role === role).length
  expect(count >= least, `staff: ${count} × ${role}, at least ${least} needed`)
}
for (const person of staff) expect(person.title?.length > 0, `${person.name}: no title`)

// --- organizations -------------------------------------------------------------------------------------------------
expect(organizations.length >= 15, `organizations: ${organizations.length} instead of at least 15`)
expect(organizations.filter((one) => one.agency).length >= 8, 'organizations: fewer than 8 social work agencies')
expectUnique(organizations.map((one) => one.name), 'organizations.name')
expectUnique(organizations.map((one) => one.serial), 'organizations.serial')
for (const one of organizations) {
  expect(
    ['association', 'service-institution', 'foundation', 'community-organization'].includes(one.kind),
    `${one.name}: kind ${one.kind}`,
  )
  expect(['registered', 'filed'].includes(one.standing), `${one.name}: standing ${one.standing}`)
  expect(one.standing === 'registered' || one.kind === 'community-organization', `${one.name}: only community organizations are filed`)
  expect(/^\d{8}$/.test(one.serial), `${one.name}: serial ${one.serial}`)
  for (const code of one.categories) expect(categoryCodes.has(code), `${one.name}: unknown category ${code}`)
  expect(one.charter.length > 8 && one.address.length > 2, `${one.name}: charter or address missing`)
}

// --- projects ------------------------------------------------------------------------------------------------------
/** Fen of a yuan string with two decimals; text, so that no binary fraction gets in. */
const fen = (yuan, where) => {
  expect(/^\d+\.\d{2}$/.test(yuan), `${where}: "${yuan}" is not a yuan amount`)
  return BigInt(yuan.replace('.', ''))
}
const needByKey = new Map(needs.map((need) => [need.key, need]))
const usedNeeds = projects.flatMap((project) => project.needs)
expect(projects.length === 14, `projects: ${projects.length} instead of 14`)
expectUnique(projects.map((project) => project.key), 'projects.key')
expectUnique(usedNeeds, 'projects.needs')
for (const project of projects) {
  const { key } = project
  expect(categoryCodes.has(project.category), `${key}: category ${project.category}`)
  expect(project.needs.length >= 2 && project.needs.length <= 5, `${key}: ${project.needs.length} needs`)
  for (const need of project.needs) {
    expect(needByKey.get(need)?.visibility === 'public', `${key}: need ${need} is missing or private`)
  }
  const counts = {
    goals: [2, 3], activities: [3, 5], outputs: [1, 5], outcomes: [1, 5], serviceRecords: [6, 10], bids: [3, 4], milestones: [2, 5],
    criteria: [3, 6], acceptanceWords: [1, 5],
  }
  for (const [field, [least, most]] of Object.entries(counts)) {
    const count = project[field].length
    expect(count >= least && count <= most, `${key}: ${count} ${field}, ${least}–${most} wanted`)
  }
  let total = 0n
  for (const line of project.budgetLines) {
    const amount = fen(line.amount, `${key} ${line.name}`)
    expect(BigInt(line.quantity) * fen(line.unitPrice, `${key} ${line.name}`) === amount, `${key}: ${line.name} does not multiply`)
    total += amount
  }
  const budget = fen(project.budget, key)
  expect(total === budget, `${key}: lines give ${total} fen, budget says ${budget}`)
  expect(budget >= 6000000n && budget <= 30000000n, `${key}: budget ${project.budget} outside 60,000–300,000`)
  const fundSources = ['fiscal-transfer', 'department-purchase', 'welfare-lottery', 'donation']
  expect(fundSources.includes(project.fundSource), `${key}: fund source ${project.fundSource}`)
  const modes = ['contracting-out', 'entrusted-service', 'public-built-privately-run', 'privately-run-publicly-aided', 'venture-call']
  expect(modes.includes(project.mode), `${key}: mode ${project.mode}`)
  const shares = project.milestones.reduce((sum, milestone) => sum + milestone.share, 0)
  expect(shares === 100, `${key}: milestone shares give ${shares}`)
  expect(project.milestones.at(-1).share >= 20, `${key}: last milestone under 20 %`)
  const weights = project.criteria.reduce((sum, criterion) => sum + criterion.weight, 0)
  expect(weights === 100, `${key}: criteria give ${weights}`)
  expect(project.criteria.some((criterion) => criterion.name === '报价'), `${key}: no price criterion`)
  const { motion } = project
  for (const side of ['for', 'against', 'abstain']) expect(Number.isInteger(motion[side]), `${key}: motion.${side}`)
  expect(motion.for > motion.against, `${key}: the motion was not carried`)
  expect(motion.minutes.length > 20 && motion.text.length > 20, `${key}: motion words too thin`)
  for (const record of project.serviceRecords) {
    expect(record.minutes > 0 && record.attendance > 0 && record.words.length > 5, `${key}: service record ${record.activity}`)
  }
  expect(project.evaluation.score >= 0 && project.evaluation.score <= 100, `${key}: score`)
  for (const bid of project.bids) expect(fen(bid.price, `${key} bid`) <= budget, `${key}: bid ${bid.price} above the budget`)
  expectUnique(project.bids.map((bid) => bid.price), `${key}.bids`)
}
expectUnique(projects.flatMap((project) => project.serviceRecords.map((record) => record.words)), 'projects.serviceRecords.words')

// --- tour and words ------------------------------------------------------------------------------------------------
expect(tour.steps.length === 12, `tour: ${tour.steps.length} steps instead of 12`)
for (const step of tour.steps) expect(step.who && step.what && step.where, `tour: incomplete step ${JSON.stringify(step)}`)
const wordCounts = {
  declines: 8, sendBacks: 6, mergers: 4, askResidents: 8, supports: 20, statementsFor: 4, statementsAgainst: 4,
}
for (const [field, least] of Object.entries(wordCounts)) {
  expect(words[field]?.length >= least, `words: ${words[field]?.length ?? 0} ${field}, at least ${least} needed`)
}
for (const decline of words.declines) expect(declineCodes.has(decline.code), `words: decline code ${decline.code}`)

// --- everywhere: no phone or ID numbers, no Latin letters in what people read ---------------------------------------
const machineFields = new Set([
  'key', 'category', 'categories', 'forWhom', 'visibility', 'voice', 'declineCode', 'code', 'sex', 'birth', 'phone', 'level', 'skill',
  'role', 'kind', 'standing', 'class', 'founded', 'rating', 'theme', 'needs', 'fundSource', 'mode', 'who', 'path', 'serial',
])
const codedPlaces = /^(township-\d|county|city|province|organization)$/
files.forEach((file, index) => {
  for (const [path, text] of textsOf([needsFile, people, organizationsFile, projectsFile, tour, words][index], file)) {
    expect(!/(?<!\d)1[3-9]\d{9}(?!\d)/.test(text) || /^1990000\d{4}$/.test(text), `${path}: looks like a real phone number`)
    expect(!/\d{17}[\dXx]/.test(text), `${path}: looks like an ID number`)
    const field = path.replace(/\.\d+$/, '').split('.').at(-1)
    if (!machineFields.has(field) && !codedPlaces.test(text)) expect(!/[A-Za-z]{2,}/.test(text), `${path}: Latin letters in "${text.slice(0, 24)}"`)
  }
})

if (faults.length > 0) {
  for (const fault of faults) console.error(fault)
  console.error(`${faults.length} faults`)
  process.exit(1)
}
console.log(
  `${needs.length} needs, ${residents.length} residents, ${socialWorkers.length} social workers, ${staff.length} staff, ` +
    `${organizations.length} organizations, ${projects.length} projects: all rules hold`,
)
