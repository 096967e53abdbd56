import type { Client, ClientOptions } from '@image-install-queue/client'

/** A stream that may be a terminal. */
type Terminal<Stream> = Stream & {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  readonly hasColors?: () => boolean
}

/** The process that the command runs in, or a test's substitute for it. */
export interface Process {
  readonly createClient: (options: ClientOptions) => Client
  readonly stdin: Terminal<NodeJS.ReadableStream>
  readonly stdout: Terminal<NodeJS.WritableStream>
  readonly stderr: Terminal<NodeJS.WritableStream>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts on Ctrl-C and on signals that end the process. */
  readonly signal: AbortSignal
  /** From now on, the end of the terminal session (SIGHUP) does not end the command. */
  readonly ignoreHangup: () => void
}

/** A process, and the form of the output that the command line requests. */
export interface Io extends Process {
  /** Whether stdout is JSON, one object per line. */
  readonly printsJson: boolean
  /** Whether stderr is JSON, too. */
  readonly reportsJson: boolean
  /** Whether to print results and errors only. */
  readonly quiet: boolean
}

/** One run of a command. */
export interface Session extends Io {
  readonly client: Client
  /** The host that requests go to, unless it is this machine. */
  readonly host: string | undefined
}
