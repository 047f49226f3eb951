// Under which names open data is published; set by the operator.

export type Publication = {
  /** Registered with the Open Contracting Partnership: `ocds-` and six letters or digits. */
  readonly ocidPrefix: string
  /** Who publishes, by name. */
  readonly publisher: string
  /** Address of the licence. */
  readonly license: string
}

/** Without a registration: the prefix has the right form and is nobody's, so that it is not taken for a registered one. */
export const unregistered: Publication = {
  ocidPrefix: 'ocds-000000',
  publisher: '联动',
  license: 'https://creativecommons.org/licenses/by/4.0/',
}
