import type { Client, ClientOptions } from '@image-install-queue/client'

/** A stream that may be a terminal. */
type Terminal<Stream> = Stream & {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  readonly hasColors?: () => boolean
}

/** The process a command runs in, or a test's substitute for it. */
export interface Io {
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

/** A command's process together with its client. */
export interface Session extends Io {
  readonly client: Client
}
