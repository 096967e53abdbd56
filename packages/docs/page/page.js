// Redoc draws a section when it comes near the screen. Find, print and screen readers need all of them.
window.IntersectionObserver = class extends IntersectionObserver {
  constructor(seen, options) {
    super(seen, options?.rootMargin ? { ...options, rootMargin: '1000000px' } : options)
  }
}
const find = (selector, within = document) => within.querySelector(selector)
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const opener = '[aria-haspopup="menu"]'
const searchTrigger = '[data-testid="search-trigger"]'
// What Redoc does not tell screen readers, or tells them wrongly.
const attributes = {
  // Landmarks and controls that are none.
  '.menu-content': { role: 'navigation', 'aria-label': 'Contents' },
  '[data-testid="search-dialog"]': { role: 'dialog', 'aria-label': 'Search' },
  [searchTrigger]: { role: 'button', tabindex: '0' },
  // Buttons without a name, and of the same one.
  '[data-testid="search-dialog"] button:not([title])': { 'aria-label': 'Clear' },
  '.panel-api-docs [data-testid="copy-button"]': { 'aria-label': 'Copy the address' },
  '.panel-request-samples [data-testid="copy-button"]': { 'aria-label': 'Copy the sample' },
  '.panel-response-samples [data-testid="copy-button"]': { 'aria-label': 'Copy the example' },
  // Which entry of the sidebar is the current one is said by its colour alone.
  'a:has([data-active="true"])': { 'aria-current': 'location' },
  'a:has([data-active="false"])': { 'aria-current': 'false' },
  // An operation is an h2 and its parts are h4 and h5.
  'main h4': { 'aria-level': '3' },
  'main h5': { 'aria-level': '4' },
  // A heading is read twice, as itself and as the link to it, which the sidebar has too.
  'main [data-deep-link-anchor] a': { 'aria-hidden': 'true', tabindex: '-1' },
  // The menu of servers at the path changes nothing in the samples.
  [`.panel-request-samples ${opener}:has([data-component-name="Tag/Tag"])`]: { inert: '' },
}
// Only what differs, since every change is looked at again.
const set = (element, wanted) => {
  for (const [name, value] of Object.entries(wanted)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value)
  }
}
let searchedFrom
// What depends on what is there. Redoc draws anew as one reads, so this looks after every change.
const mendings = {
  // A switch of examples has another name than the text on it.
  [`${opener}[aria-label]`]: (button) => button.removeAttribute('aria-label'),
  // The switch of themes says which one is on, not what it is for.
  '[data-testid="color-mode-switcher"]:not([aria-label^="Theme"])': (switcher) =>
    set(switcher, { 'aria-label': `Theme: ${switcher.ariaLabel}` }),
  // Rendered without the page's address; a click is followed all the same, but not in a new tab.
  'a[data-discover][href^="/"]': (link) => set(link, { href: `#${link.getAttribute('href')}` }),
  // An unknown address shows an empty page.
  '.not-found-page': () => location.replace('#/'),
  // A cell is named by its column, for screens so narrow that a row becomes a block.
  'table.md td:not([data-label])': (cell) =>
    set(cell, { 'data-label': cell.closest('table').rows[0].cells[cell.cellIndex].textContent }),
  // The statuses above an example do not say which one is chosen; the tabs in the text, which choose the same, do.
  '.panel-response-samples > :first-child button': (button) => {
    const tabs = all('[data-response-codes-tablist] [role="tab"]', button.closest('[data-item-kind]'))
    const isChosen = tabs.some((tab) => tab.ariaSelected === 'true' && tab.textContent === button.textContent)
    set(button, { 'aria-pressed': String(isChosen) })
  },
  // The search leaves the focus nowhere: it belongs to what was found, or else to where it came from.
  '[data-testid="search-dialog"] input': () => {
    searchedFrom ??= location.hash
  },
  'body:not(:has([data-testid="search-dialog"]))': () => {
    if (searchedFrom === undefined) return
    const [, section, id = ''] = location.hash.split('#')
    const found = document.getElementById(decodeURIComponent(id)) ?? find(`[data-section-id="${section}"] h2`)
    found?.setAttribute('tabindex', '-1')
    const place = location.hash === searchedFrom ? find(searchTrigger) : found
    place?.focus({ preventScroll: true })
    searchedFrom = undefined
  },
  // Code in the text has no button that copies it.
  'main [data-section-id]:not([data-item-kind]) pre:not(:has(.copy))': (pre) => {
    const code = pre.textContent
    const button = document.createElement('button')
    Object.assign(button, { className: 'copy', textContent: 'Copy', ariaLabel: `Copy ${code.trim().split('\n')[0]}` })
    button.onclick = async () => {
      await navigator.clipboard.writeText(code)
      button.textContent = 'Copied'
    }
    pre.prepend(button)
  },
}
// The items of the open menu, which are drawn once it is open.
const whenOpen = (use) =>
  requestAnimationFrame(() =>
    use(all('[role="menuitem"]').filter((item) => item.checkVisibility({ visibilityProperty: true }))),
  )
// The example stays when another body is chosen. Its name begins with the body that it is.
const follow = (tab) => {
  const menu = find(`.panel-response-samples ${opener}`, tab.closest('[data-item-kind]'))
  const isOfBody = (named) => named.textContent.startsWith(`${tab.textContent}: `)
  if (!menu || isOfBody(menu)) return
  menu.click()
  whenOpen((items) => {
    const example = items.find(isOfBody) ?? menu
    example.click()
    tab.focus({ preventScroll: true })
  })
}
// Redoc's menus know Enter and Tab alone, its search a mouse.
document.addEventListener('keydown', (event) => {
  const { key, target } = event
  const open = find(`${opener}[aria-expanded="true"]`)
  const button = open ?? target.closest(opener)
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (target.matches(searchTrigger) && (key === 'Enter' || key === ' ')) {
    event.preventDefault()
    target.click()
  } else if (button && step) {
    event.preventDefault()
    if (!open) button.click()
    whenOpen((items) => {
      const from = items.indexOf(document.activeElement)
      items.at(from < 0 && step < 0 ? -1 : (from + step) % items.length)?.focus()
    })
  } else if (open && key === 'Escape') {
    open.click()
    open.focus()
  }
})
// Paper gets the plain reference: all of it, and white whatever the theme.
const paper = document.createElement('div')
paper.className = 'paper'
addEventListener('beforeprint', () => {
  paper.innerHTML = find('noscript').textContent
  for (const details of all('details', paper)) details.open = true
  document.body.append(paper)
})
addEventListener('afterprint', () => paper.remove())
new MutationObserver((changes) => {
  for (const [selector, wanted] of Object.entries(attributes)) {
    for (const element of all(selector)) set(element, wanted)
  }
  for (const [selector, mending] of Object.entries(mendings)) {
    for (const element of all(selector)) mending(element)
  }
  // A request that is a union has such tabs too.
  const chosen = '[data-section-id="switcher"] [role="tab"][aria-selected="true"]:not([id$="/request/body"] *)'
  for (const { attributeName, target } of changes) {
    if (attributeName === 'aria-selected' && target.matches(chosen)) follow(target)
  }
}).observe(document.documentElement, {
  childList: true,
  subtree: true,
  characterData: true,
  attributeFilter: ['href', 'aria-label', 'data-active', 'aria-selected'],
})
