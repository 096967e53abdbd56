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
      if (event.key === 'Enter') trigger.click()
    })
  }
  // Rendered without the page's address; a click is followed all the same, but not in a new tab.
  for (const link of document.querySelectorAll('a[data-discover][href^="/"]')) {
    link.setAttribute('href', `#${link.getAttribute('href')}`)
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
  }
  // An operation is an h2 and its parts are h4 and h5.
  for (const heading of document.querySelectorAll('main :is(h4, h5):not([aria-level])')) {
    heading.setAttribute('aria-level', heading.localName === 'h4' ? '3' : '4')
  }
  for (const table of document.querySelectorAll('.md-table-wrapper:not([tabindex])')) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0
  }
}
new MutationObserver(mend).observe(document.documentElement, {
  childList: true,
  subtree: true,
  characterData: true,
  attributeFilter: ['href'],
})
