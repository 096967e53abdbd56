// Redoc draws a section when it comes near the screen. Find, print and screen readers need all of them.
const Watch = IntersectionObserver
window.IntersectionObserver = class extends Watch {
  constructor(seen, options) {
    super(seen, options?.rootMargin ? { ...options, rootMargin: '1000000px' } : options)
  }
}
// What Redoc leaves out for keyboards and screen readers. It draws anew as one reads, so this looks after every change.
const each = (selector, change) => {
  for (const element of document.querySelectorAll(selector)) change(element)
}
const mendings = [
  // A switch of examples is named by what it shows.
  () =>
    each('button[aria-haspopup="menu"][aria-label]', (button) => {
      const shown = button.textContent.trim()
      const label = button.getAttribute('aria-label')
      if (shown && !label.endsWith(shown)) button.setAttribute('aria-label', `${label.split(':')[0]}: ${shown}`)
    }),
  // The button that empties the search has no name.
  () =>
    each('button:not([aria-label])', (button) => {
      if (!button.textContent.trim()) button.setAttribute('aria-label', button.title || 'Clear')
    }),
  // Four buttons are called "Copy".
  () =>
    each('[data-testid="copy-button"]:not([data-named])', (button) => {
      button.dataset.named = ''
      const panel = button.closest('.panel-request-samples, .panel-response-samples')
      const what = panel ? (panel.matches('.panel-request-samples') ? 'the sample' : 'the example') : 'the address'
      button.setAttribute('aria-label', `Copy ${what}`)
    }),
  // Search is opened by a box that only a mouse can use.
  () =>
    each('[data-testid="search-trigger"]:not([role])', (trigger) => {
      trigger.setAttribute('role', 'button')
      trigger.tabIndex = 0
      trigger.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        trigger.click()
      })
    }),
  // Rendered without the page's address; a click is followed all the same, but not in a new tab.
  () => each('a[data-discover][href^="/"]', (link) => link.setAttribute('href', `#${link.getAttribute('href')}`)),
  // Which entry of the sidebar is the current one is said by its colour alone.
  () =>
    each('[data-testid="menu-item-label"]', (entry) => {
      const link = entry.closest('a')
      if (entry.dataset.active === 'true') link?.setAttribute('aria-current', 'location')
      else link?.removeAttribute('aria-current')
    }),
  // The switch of themes says which one is on, not what it is for.
  () =>
    each('[data-testid="color-mode-switcher"]', (switcher) => {
      const label = switcher.getAttribute('aria-label')
      if (label && !label.startsWith('Theme: ')) switcher.setAttribute('aria-label', `Theme: ${label}`)
    }),
  // An unknown address shows an empty page.
  () => each('.not-found-page', () => location.replace('#/')),
  // The sidebar is no landmark.
  () =>
    each('.menu-content:not([role])', (sidebar) => {
      sidebar.setAttribute('role', 'navigation')
      sidebar.setAttribute('aria-label', 'Contents')
    }),
  // The search is no dialog, and leaves the focus nowhere.
  () =>
    each('[data-testid="search-dialog"]:not([role])', (dialog) => {
      dialog.setAttribute('role', 'dialog')
      dialog.setAttribute('aria-label', 'Search')
      dialog.querySelector('input').setAttribute('aria-label', 'Search for')
      dialog.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') document.querySelector('[data-testid="search-trigger"]')?.focus()
      })
    }),
  // An operation is an h2 and its parts are h4 and h5.
  () =>
    each('main :is(h4, h5):not([aria-level])', (heading) =>
      heading.setAttribute('aria-level', heading.localName === 'h4' ? '3' : '4'),
    ),
  // A table or code that scrolls sideways cannot be scrolled by the keyboard.
  () =>
    each('.md-table-wrapper:not([tabindex])', (table) => {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0
    }),
  // The menu of servers at the path changes nothing in the samples.
  () =>
    each(
      '.panel-request-samples [aria-haspopup="menu"]:has([data-component-name="Tag/Tag"]):not(:disabled)',
      (menu) => {
        menu.disabled = true
      },
    ),
  // A heading is read twice, as itself and as the link to it, which the sidebar has too.
  () =>
    each('main [data-deep-link-anchor] a:not([aria-hidden])', (link) => {
      link.setAttribute('aria-hidden', 'true')
      link.tabIndex = -1
    }),
  // Code in the text has no button that copies it.
  () =>
    each('main [data-section-id]:not([data-item-kind]) pre:not([data-copied])', (pre) => {
      pre.dataset.copied = ''
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
    }),
]
const mend = () => {
  for (const mending of mendings) mending()
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
// Paper gets the plain reference: all of it, and white whatever the theme.
const page = document.documentElement.classList
const paper = document.createElement('div')
paper.className = 'paper'
let wasDark = false
addEventListener('beforeprint', () => {
  wasDark = page.contains('dark')
  page.remove('dark')
  paper.innerHTML = document.querySelector('noscript').textContent
  for (const details of paper.querySelectorAll('details')) details.open = true
  document.body.append(paper)
})
addEventListener('afterprint', () => {
  paper.remove()
  page.toggle('dark', wasDark)
})
new MutationObserver(mend).observe(document.documentElement, {
  childList: true,
  subtree: true,
  characterData: true,
  attributeFilter: ['href', 'aria-label', 'data-active'],
})
