import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

/** Runs a program to its end and gives what it printed. */
export async function run(command: string, args: readonly string[], cwd = process.cwd()): Promise<string> {
  // The error of a failure holds the command and what it printed.
  const { stdout } = await promisify(execFile)(command, args, { cwd, maxBuffer: 1e8 })
  return stdout
}

/** How long a program runs, in ms. */
export async function duration(command: string, args: readonly string[], cwd?: string): Promise<number> {
  const started = performance.now()
  await run(command, args, cwd)
  return performance.now() - started
}

export interface Started {
  readonly child: ChildProcess
  /** From the start of the process to its first correct answer, in ms. */
  readonly ms: number
}

/** Starts a server and asks it every 2 ms until it answers 200. */
export async function startServer(
  command: string,
  args: readonly string[],
  url: string,
  init: RequestInit,
): Promise<Started> {
  const started = performance.now()
  const child = spawn(command, args, { stdio: 'ignore' })
  for (;;) {
    const response = await fetch(url, init).catch(() => undefined)
    await response?.arrayBuffer()
    if (response?.status === 200) return { child, ms: performance.now() - started }
    if (child.exitCode !== null) throw new Error(`${command} ${args.join(' ')} ended with ${child.exitCode}`)
    if (performance.now() - started > 30_000) throw new Error(`${command} ${args.join(' ')} did not answer within 30 s`)
    await pause(2)
  }
}

export async function stopServer({ child }: Started): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

/** Resident memory of a process in MiB. */
export function memory({ child }: Started): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}
