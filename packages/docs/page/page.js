// What Redoc leaves out for keyboards and screen readers. It draws anew as one reads, so this looks after every change.
const mend = () => {
  for (const button of document.querySelectorAll('button[aria-haspopup="menu"][aria-label]')) {
    const shown = button.textContent.trim()
    const label = button.getAttribute('aria-label')
    if (shown && !label.endsWith(shown)) button.setAttribute('aria-label', `${label.split(':')[0]}: ${shown}`)
  }
  for (const button of document.querySelectorAll('button:not([aria-label])')) {
    if (!button.textContent.trim()) button.setAttribute('aria-label', button.title || 'Clear')
  }
  for (const trigger of document.querySelectorAll('[data-testid="search-trigger"]:not([role])')) {
    trigger.setAttribute('role', 'button')
    trigger.tabIndex = 0
    trigger.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      trigger.click()
    })
  }
  // Rendered without the page's address; a click is followed all the same, but not in a new tab.
  for (const link of document.querySelectorAll('a[data-discover][href^="/"]')) {
    link.setAttribute('href', `#${link.getAttribute('href')}`)
  }
  for (const entry of document.querySelectorAll('[data-testid="menu-item-label"]')) {
    const link = entry.closest('a')
    if (entry.dataset.active === 'true') link?.setAttribute('aria-current', 'location')
    else link?.removeAttribute('aria-current')
  }
  for (const switcher of document.querySelectorAll('[data-testid="color-mode-switcher"]')) {
    const label = switcher.getAttribute('aria-label')
    if (label && !label.startsWith('Theme: ')) switcher.setAttribute('aria-label', `Theme: ${label}`)
  }
  if (document.querySelector('.not-found-page')) location.replace('#/')
  for (const sidebar of document.querySelectorAll('.menu-content:not([role])')) {
    sidebar.setAttribute('role', 'navigation')
    sidebar.setAttribute('aria-label', 'Contents')
  }
  for (const dialog of document.querySelectorAll('[data-testid="search-dialog"]:not([role])')) {
    dialog.setAttribute('role', 'dialog')
    dialog.setAttribute('aria-label', 'Search')
    dialog.querySelector('input').setAttribute('aria-label', 'Search for')
    dialog.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') document.querySelector('[data-testid="search-trigger"]')?.focus()
    })
  }
  // An operation is an h2 and its parts are h4 and h5.
  for (const heading of document.querySelectorAll('main :is(h4, h5):not([aria-level])')) {
    heading.setAttribute('aria-level', heading.localName === 'h4' ? '3' : '4')
  }
  for (const table of document.querySelectorAll('.md-table-wrapper:not([tabindex])')) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0
  }
}
// Redoc's menus know Enter and Tab alone. An open one may stand at the end of the page, away from its button.
const opener = '[aria-haspopup="menu"]'
document.addEventListener('keydown', (event) => {
  const inMenu = event.target.closest('[role="menu"]')
  const button = inMenu ? document.querySelector(`${opener}[aria-expanded="true"]`) : event.target.closest(opener)
  if (!button) return
  const isOpen = button.getAttribute('aria-expanded') === 'true'
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) {
    event.preventDefault()
    if (!isOpen) button.click()
    // The items are drawn once the menu is open.
    requestAnimationFrame(() => {
      const own =
        button.parentElement.querySelector('[role="menu"]') ?? document.querySelector('body > div > [role="menu"]')
      const items = [...(own?.querySelectorAll('[role="menuitem"]') ?? [])]
      const from = items.indexOf(document.activeElement)
      items.at(from < 0 && step < 0 ? -1 : (from + step) % items.length)?.focus()
    })
  } else if (event.key === 'Escape' && isOpen) {
    button.click()
    button.focus()
  }
})
// Paper is white whatever the theme.
const page = document.documentElement.classList
let wasDark = false
addEventListener('beforeprint', () => {
  wasDark = page.contains('dark')
  page.remove('dark')
})
addEventListener('afterprint', () => page.toggle('dark', wasDark))
new MutationObserver(mend).observe(document.documentElement, {
  childList: true,
  subtree: true,
  characterData: true,
  attributeFilter: ['href', 'aria-label', 'data-active'],
})
