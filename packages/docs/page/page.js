// Redoc draws a section when it comes near the screen. Find, print and screen readers need all of them.
const Watch = IntersectionObserver
window.IntersectionObserver = class extends Watch {
  constructor(seen, options) {
    super(seen, options?.rootMargin ? { ...options, rootMargin: '1000000px' } : options)
  }
}
const find = (selector, within = document) => within.querySelector(selector)
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
// Only what differs, since every change is looked at again.
const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value)
  }
}
let searchedFrom
// What Redoc leaves out for keyboards and screen readers. It draws anew as one reads, so this looks after every change.
const mendings = {
  // A switch of examples is named by what it shows.
  'button[aria-haspopup="menu"][aria-label]': (button) => {
    const shown = button.textContent.trim()
    if (shown) set(button, { 'aria-label': `${button.getAttribute('aria-label').split(':')[0]}: ${shown}` })
  },
  // The button that empties the search has no name.
  'button:not([aria-label])': (button) => {
    if (!button.textContent.trim()) set(button, { 'aria-label': button.title || 'Clear' })
  },
  // Four buttons are called "Copy".
  '[data-testid="copy-button"]': (button) => {
    const panel = button.closest('.panel-request-samples, .panel-response-samples')
    const what = panel ? (panel.matches('.panel-request-samples') ? 'the sample' : 'the example') : 'the address'
    set(button, { 'aria-label': `Copy ${what}` })
  },
  // Search is opened by a box that only a mouse can use.
  '[data-testid="search-trigger"]': (trigger) => {
    set(trigger, { role: 'button', tabindex: '0' })
    trigger.onkeydown = (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      trigger.click()
    }
  },
  // The search is no dialog.
  '[data-testid="search-dialog"]': (dialog) => {
    searchedFrom ??= location.hash
    set(dialog, { role: 'dialog', 'aria-label': 'Search' })
    set(find('input', dialog), { 'aria-label': 'Search for' })
  },
  // The search leaves the focus nowhere: it belongs to what was found, or else to where it came from.
  'body:not(:has([data-testid="search-dialog"]))': () => {
    if (searchedFrom === undefined) return
    const [, section, id = ''] = location.hash.split('#')
    const found = document.getElementById(decodeURIComponent(id)) ?? find(`[data-section-id="${section}"] h2`)
    const place = location.hash === searchedFrom ? find('[data-testid="search-trigger"]') : found
    if (place && place === found) place.tabIndex = -1
    place?.focus({ preventScroll: true })
    searchedFrom = undefined
  },
  // Rendered without the page's address; a click is followed all the same, but not in a new tab.
  'a[data-discover][href^="/"]': (link) => set(link, { href: `#${link.getAttribute('href')}` }),
  // Which entry of the sidebar is the current one is said by its colour alone.
  'a:has([data-testid="menu-item-label"])': (link) =>
    set(link, { 'aria-current': find('[data-active="true"]', link) ? 'location' : 'false' }),
  // The switch of themes says which one is on, not what it is for.
  '[data-testid="color-mode-switcher"][aria-label]': (switcher) =>
    set(switcher, { 'aria-label': `Theme: ${switcher.getAttribute('aria-label').replace('Theme: ', '')}` }),
  // An unknown address shows an empty page.
  '.not-found-page': () => location.replace('#/'),
  // The sidebar is no landmark.
  '.menu-content': (sidebar) => set(sidebar, { role: 'navigation', 'aria-label': 'Contents' }),
  // An operation is an h2 and its parts are h4 and h5.
  'main :is(h4, h5)': (heading) => set(heading, { 'aria-level': heading.localName === 'h4' ? '3' : '4' }),
  // A table or code that scrolls sideways cannot be scrolled by the keyboard.
  '.md-table-wrapper': (table) => {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0
  },
  // The menu of servers at the path changes nothing in the samples.
  '.panel-request-samples [aria-haspopup="menu"]:has([data-component-name="Tag/Tag"])': (menu) => {
    menu.disabled = true
  },
  // A heading is read twice, as itself and as the link to it, which the sidebar has too.
  'main [data-deep-link-anchor] a': (link) => set(link, { 'aria-hidden': 'true', tabindex: '-1' }),
  // The statuses above the example choose as the tabs in the text do, which alone are tabs.
  '.panel-response-samples': (panel) => {
    const chosen = all('[data-response-codes-tablist] [role="tab"]', panel.closest('[data-item-kind]'))
    const tabs = all(':scope > :first-child button', panel)
    for (const [index, tab] of tabs.entries()) {
      const { ariaSelected } = chosen[index]
      set(tab, { role: 'tab', 'aria-selected': ariaSelected, tabindex: ariaSelected === 'true' ? '0' : '-1' })
    }
    if (tabs[0]) set(tabs[0].parentElement, { role: 'tablist', 'aria-label': 'Status of the example' })
    set(find('[data-testid="panel-body"]', panel), { role: 'tabpanel', 'aria-label': 'Example' })
  },
  // Code in the text has no button that copies it.
  'main [data-section-id]:not([data-item-kind]) pre:not(:has(.copy))': (pre) => {
    const code = pre.textContent
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = 'Copy'
    button.setAttribute('aria-label', `Copy ${code.trim().split('\n')[0]}`)
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(code)
      button.textContent = 'Copied'
    })
    pre.prepend(button)
  },
}
// The items of a menu are drawn once it is open. One may stand at the end of the page, away from its button.
const whenOpen = (button, use) =>
  requestAnimationFrame(() => {
    const menu = find('[role="menu"]', button.parentElement) ?? find('body > div > [role="menu"]')
    use(menu ? all('[role="menuitem"]', menu) : [])
  })
// The example stays when another body is chosen. Its name begins with the body that it is.
const follow = (tab) => {
  const menu = find('.panel-response-samples [aria-haspopup="menu"]', tab.closest('[data-item-kind]'))
  const isOfBody = (named) => named.textContent.startsWith(`${tab.textContent}: `)
  if (!menu || isOfBody(menu)) return
  menu.click()
  whenOpen(menu, (items) => {
    const example = items.find(isOfBody) ?? menu
    example.click()
    tab.focus({ preventScroll: true })
  })
}
// Redoc's menus know Enter and Tab alone, and the statuses above an example no arrows.
const opener = '[aria-haspopup="menu"]'
document.addEventListener('keydown', (event) => {
  const inMenu = event.target.closest('[role="menu"]')
  const button = inMenu ? find(`${opener}[aria-expanded="true"]`) : event.target.closest(opener)
  const tab = event.target.closest('.panel-response-samples [role="tab"]')
  const isOpen = button?.getAttribute('aria-expanded') === 'true'
  const down = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const right = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (button && down) {
    event.preventDefault()
    if (!isOpen) button.click()
    whenOpen(button, (items) => {
      const from = items.indexOf(document.activeElement)
      items.at(from < 0 && down < 0 ? -1 : (from + down) % items.length)?.focus()
    })
  } else if (tab && right) {
    const tabs = [...tab.parentElement.children]
    const next = tabs.at((tabs.indexOf(tab) + right) % tabs.length)
    next.click()
    next.focus()
  } else if (event.key === 'Escape' && isOpen) {
    button.click()
    button.focus()
  }
})
// Paper gets the plain reference: all of it, and white whatever the theme.
const page = document.documentElement.classList
const paper = document.createElement('div')
paper.className = 'paper'
let wasDark = false
addEventListener('beforeprint', () => {
  wasDark = page.contains('dark')
  page.remove('dark')
  paper.innerHTML = find('noscript').textContent
  for (const details of all('details', paper)) details.open = true
  document.body.append(paper)
})
addEventListener('afterprint', () => {
  paper.remove()
  page.toggle('dark', wasDark)
})
new MutationObserver((changes) => {
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
