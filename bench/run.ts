// `npm run bench [http|loop|lists|messages|search|vote]`: measurements side by side, printed as tables of ratios. Nothing in `npm test` depends on them.
import { benchHttp } from './http.ts'
import { benchLists } from './lists.ts'
import { benchLoop } from './loop.ts'
import { benchMessages } from './messages.ts'
import { benchSearch } from './search.ts'
import { benchVote } from './vote.ts'

const benches: Readonly<Record<string, () => Promise<boolean>>> = {
  loop: async () => {
    const within = await benchLoop()
    return (await benchLists()) && within
  },
  lists: benchLists,
  http: benchHttp,
  messages: benchMessages,
  search: benchSearch,
  vote: benchVote,
}
const asked = process.argv.slice(2).filter((name) => Object.hasOwn(benches, name))
// The lists are a part of the loop.
const names = asked.length > 0 ? asked : Object.keys(benches).filter((name) => name !== 'lists')

let reached = true
for (const name of names) reached = ((await benches[name]?.()) ?? false) && reached
process.exit(reached ? 0 : 1)
