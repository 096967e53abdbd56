import { vi } from 'vitest'

// Files share a worker, which saves half of the time; no module and nothing that it keeps is shared.
vi.resetModules()
