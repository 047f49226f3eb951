// Lifecycles as literal tables: state -> verb -> next state, and the one question asked of them.
import { allow, refuse, type Ruling } from './ruling.ts'

/** A table of states, each with the verbs that leave it and the state that each verb leads to. */
export type Lifecycle<State extends string, Verb extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Verb, State>>>>
>

/** Verbs that the state allows. */
export function possibleVerbs<State extends string, Verb extends string>(
  lifecycle: Lifecycle<State, Verb>,
  state: State,
): Verb[] {
  return Object.keys(lifecycle[state]) as Verb[]
}

/**
 * The next state of `verb` from `state`, or the refusal `not-in-this-state` (409) that carries the state, the asked verb and what
 * would be allowed.
 */
export function nextState<State extends string, Verb extends string>(
  lifecycle: Lifecycle<State, Verb>,
  state: State,
  verb: Verb,
): Ruling<State, 'not-in-this-state'> {
  const next: State | undefined = lifecycle[state][verb]
  if (next === undefined) {
    return refuse('not-in-this-state', { state, verb }, { possible: possibleVerbs(lifecycle, state) })
  }
  return allow(next)
}
