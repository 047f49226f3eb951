// Tells stories inside the process: the same bindings and rights as over HTTP, without sockets and sessions.
import type { PersonActor } from '../../kit/actor.ts'
import { asDivision, type Id, type Jurisdiction } from '../../kit/id.ts'
import { type Role, roles } from '../../kit/roles.ts'
import { granted } from '../../kit/ruling.ts'
import type { Binding, Call } from '../../platform/action.ts'
import type { Platform } from '../../platform/platform.ts'
import { parseInput } from '../../platform/http/bind.ts'
import { domains } from '../domains.ts'
import { permissionsByRole } from '../permissions.ts'
import type { StoryTime } from './scheduler.ts'
import type { Player, Teller } from './story.ts'

const bindings = new Map<string, Binding>(
  domains.flatMap((domain) => domain.routes).map((binding) => [binding.endpoint.name, binding]),
)

/** The actor that a player's session would give, the second factor confirmed where asked for. */
function actorOf(player: Player, realNow: number): PersonActor {
  const permissions = permissionsByRole(domains)
  const division = asDivision(player.division)
  const role = player.role as Role
  const resident = {
    role: 'resident',
    reach: roles.resident.reach,
    permissions: permissions.get('resident') ?? new Set<string>(),
    division,
  }
  const own = {
    role,
    reach: roles[role].reach,
    permissions: permissions.get(role) ?? new Set<string>(),
    division,
    assignmentId: player.assignment as Id<'assignment'> | undefined,
    organizationId: player.organization as Id<'organization'> | undefined,
    departmentId: player.department,
  }
  return {
    kind: 'person',
    personId: player.person as Id<'person'>,
    sessionId: 'demo',
    verified: true,
    adult: true,
    residence: player.division.length >= 12 ? asDivision(player.division.slice(0, 12)) : undefined,
    grants: role === 'resident' ? [resident] : [own, resident],
    secondFactorAt: realNow,
  }
}

/** A teller over the platform's own actions; its stories live in the scheduler's time. */
export function inProcess(platform: Platform, time: StoryTime): Teller {
  const actors = new Map<string, PersonActor>()
  const actor = (player: Player): PersonActor => {
    const key = `${player.person} ${player.role}`
    const known = actors.get(key) ?? actorOf(player, platform.clock.real())
    actors.set(key, known)
    return known
  }
  return {
    async act(who, endpoint, input) {
      const binding = bindings.get(endpoint.name)
      if (binding === undefined) throw new Error(`${endpoint.name} is not bound`)
      const parsed = parseInput(binding, (input ?? {}) as { params?: unknown; query?: unknown; body?: unknown })
      if (!parsed.ok)
        throw new Error(`${endpoint.name}: ${parsed.fields?.map((field) => `${field.path} ${field.code}`).join(', ')}`)
      const call: Call = { actor: actor(who), correlation: 'demo', language: 'zh-CN' }
      const ruling = await binding.run(platform, call, parsed.value)
      if (!ruling.ok) {
        throw new Error(
          `${endpoint.name} by ${who.key} (${who.role}): ${ruling.code} ${JSON.stringify(ruling.params)} ${JSON.stringify(ruling.fields ?? '')}`,
        )
      }
      return ruling.value as never
    },
    async upload(who, name, bytes) {
      const jurisdiction = who.division.slice(0, 6).padEnd(6, '0') as Jurisdiction
      const file = await platform.database.transaction((tx) =>
        platform.files.put(tx, { jurisdiction, owner: who.person, name, bytes }),
      )
      const { id, sha256 } = granted(file)
      return { id, sha256 }
    },
    confirm: async () => {},
    now: time.now,
    pass: time.pass,
    until: time.until,
  }
}
