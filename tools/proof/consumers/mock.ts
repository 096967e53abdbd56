import { createMock } from '@image-install-queue/mock'

export async function serve(): Promise<string> {
  await using mock = createMock()
  const { url, close } = await mock.listen({ port: 0 })
  await close()
  return url
}
