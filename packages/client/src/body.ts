import type { Deadline } from './deadline.ts'

const utf8 = new TextDecoder()

/** The text of a body up to a limit in bytes, and what arrived of one that broke off. */
export async function readBody(
  { body }: Response,
  limit: number,
  { race }: Deadline,
): Promise<{ text: string; tooLong: boolean; failure?: unknown }> {
  const reader = body?.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let tooLong = false
  const pump = async () => {
    for (let size = 0; reader && size <= limit; ) {
      const { done, value } = await reader.read()
      if (done) return
      chunks.push(value)
      size += value.length
      tooLong = size > limit
    }
    abandon()
  }
  // What is left nobody wants; that letting go of it may fail too does not matter.
  const abandon = () => reader?.cancel().catch(() => {})
  let failure: unknown
  try {
    await race(pump())
  } catch (error) {
    failure = error
    abandon()
  }
  // Decoding one chunk, as nearly every answer has, is much cheaper at once.
  return { text: chunks.length > 1 ? await new Blob(chunks).text() : utf8.decode(chunks[0]), tooLong, failure }
}
