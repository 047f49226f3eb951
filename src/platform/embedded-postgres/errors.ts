// The typed failures of the embedded PostgreSQL, worded for the person at the terminal in Chinese and English.

/** The data directory already has a living owner: another Liandong program on the same data. Nothing was changed. */
export class DataInUse extends Error {
  readonly dataDir: string

  constructor(dataDir: string) {
    super(
      `数据目录正在被另一个运行中的联动程序使用：${dataDir}。请先停止它，或用 DATA_DIR 指定另一个目录。\n` +
        `The data directory is in use by another running Liandong: ${dataDir}. Stop it first, or set DATA_DIR to another folder.`,
    )
    this.name = 'DataInUse'
    this.dataDir = dataDir
  }
}

/** This machine has no server binaries we can run (operating system, processor or C library). */
export class PlatformUnsupported extends Error {
  constructor(reason: string) {
    super(
      `本机无法运行内置的 PostgreSQL(${reason})。请自备 PostgreSQL 15 或更高版本，并设置 DATABASE_URL。\n` +
        `The embedded PostgreSQL cannot run here (${reason}). Provide PostgreSQL 15 or later and set DATABASE_URL.`,
    )
    this.name = 'PlatformUnsupported'
  }
}

/** The server could not be initialised or started; `detail` is the end of its log. */
export class StartFailed extends Error {
  readonly detail: string

  constructor(what: string, detail: string) {
    super(`内置 PostgreSQL 启动失败：${what}\nThe embedded PostgreSQL did not start: ${what}\n${detail}`)
    this.name = 'StartFailed'
    this.detail = detail
  }
}
