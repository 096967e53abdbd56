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
  for (const table of document.querySelectorAll('.md-table-wrapper:not([tabindex])')) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0
  }
}
new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true, characterData: true })
