import { vi } from 'vitest'

// Test files share a worker, which halves the time. Each still gets fresh modules, so that no state is shared.
vi.resetModules()
