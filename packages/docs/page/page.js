// Shows the complete plain reference until Redoc has drawn its page. Then switches to Redoc, unless the reader has begun to
// read. Both are always in the document. Their style sheets decide which one is visible.
const find = (selector, within = document) => within.querySelector(selector)
const all = (selector, within = document) => [...within.querySelectorAll(selector)]

// Redoc fails where storage is denied (sandboxed frames, blocked cookies) or full.
for (const name of ['localStorage', 'sessionStorage']) {
  try {
    window[name].setItem('probe', 'x'.repeat(1000))
    window[name].removeItem('probe')
  } catch {
    const kept = new Map()
    const value = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, text) => void kept.set(key, String(text)),
      removeItem: (key) => void kept.delete(key),
    }
    Object.defineProperty(window, name, { value })
  }
}
try {
  document.cookie
} catch {
  Object.defineProperty(document, 'cookie', { value: '', writable: true })
}

// The heading of a renamed section has its own address first, then its former ones.
const own = document.getElementById(location.hash.slice(1))?.closest('h2')?.querySelector('a[id]')
if (own) history.replaceState(null, '', `#${own.id}`)

let shown = 'plain'
/** The form that the reader chose. Without a choice, Redoc is shown as soon as it has drawn its page. */
let chosen

const formSwitch = document.createElement('button')
formSwitch.id = 'form-switch'
formSwitch.hidden = true
document.body.prepend(formSwitch)

/** Redoc adds style sheets while it draws. The plain reference is printed, whichever form is shown. */
function setMedia() {
  const [plain, redoc] = shown === 'plain' ? ['all', 'not all'] : ['print', 'screen']
  for (const { dataset, sheet } of all('style:not([data-form="both"])')) {
    const media = dataset.form === 'plain' ? plain : redoc
    if (sheet && sheet.media.mediaText !== media) sheet.media.mediaText = media
  }
}

function show(form) {
  shown = form
  setMedia()
  const address = location.hash.slice(1)
  const section = form === 'plain' ? document.getElementById(address) : find(`#redoc [data-section-id="${address}"]`)
  section?.scrollIntoView()
}

/** Compares with the initial position: the top of the page, or the target of the address. */
function hasBegunToRead() {
  const end = document.documentElement.scrollHeight - innerHeight
  const target = find(':target')
  const start = target ? Math.min(scrollY + target.getBoundingClientRect().top, end) : 0
  const isMoved = scrollY > 2 && Math.abs(scrollY - start) > 2
  return isMoved || !getSelection().isCollapsed || ![document.body, formSwitch, null].includes(document.activeElement)
}

/** The plain reference stays for readers who have begun to read, until they choose the other form. */
function keepPlain() {
  if (shown === 'plain') chosen ??= 'plain'
}

function watchReader() {
  if (hasBegunToRead()) keepPlain()
}

for (const event of ['scroll', 'focusin', 'selectionchange']) document.addEventListener(event, watchReader)
addEventListener('hashchange', keepPlain)

function update() {
  watchReader()
  const hasSections = find('#redoc [data-section-id]') !== null
  const isDrawn = hasSections && !find('#redoc [data-section-id]:empty')
  // The address has no page in Redoc, or Redoc failed.
  if (shown === 'interactive' && !hasSections) chosen = 'plain'
  const wanted = chosen ?? 'interactive'
  if (wanted !== shown && (isDrawn || wanted === 'plain')) show(wanted)
  formSwitch.textContent = shown === 'plain' ? 'Interactive view' : 'Plain view'
  formSwitch.hidden = !isDrawn && !find('.not-found-page')
}

formSwitch.onclick = () => {
  chosen = shown === 'plain' ? 'interactive' : 'plain'
  if (chosen === 'interactive') {
    // Redoc's address of the section that is being read.
    const anchors = all('#reference h2 > a:first-child[id]')
    location.hash = anchors.findLast((anchor) => anchor.getBoundingClientRect().top < innerHeight / 2)?.id ?? '/'
  }
  update()
}

// While Redoc is hidden, it must not scroll the page or react to its shortcuts.
const { scrollTo } = window
window.scrollTo = (...place) => shown === 'interactive' && scrollTo(...place)
addEventListener('keydown', (event) => shown === 'plain' && event.stopImmediatePropagation(), true)

const markdownOfCalls = Object.entries(JSON.parse(find('#markdown').textContent))

function insertText(button, text) {
  const pre = document.createElement('pre')
  pre.textContent = text
  button.after(pre)
  return pre
}

/** A button that copies a string. If copying is denied, it selects the string on the page. */
function copyButton(label, text, code) {
  const button = document.createElement('button')
  Object.assign(button, { className: 'copy', textContent: label, title: text.trim().split('\n')[0] })
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(text)
      button.textContent = 'Copied'
    } catch {
      getSelection().selectAllChildren(code ?? insertText(button, text))
      button.textContent = 'Selected: press Ctrl+C'
    }
  }
  return button
}

for (const [address, markdown] of markdownOfCalls)
  document.getElementById(address).parentElement.after(copyButton('Copy as Markdown', markdown))

// Faults of Redoc 3.0.1 that a reader would notice. Redoc redraws its page, so each is corrected after every change.
const patches = {
  // axe, critical: a button without a name.
  '[data-testid="search-dialog"] button:not([title], [aria-label])': (button) => {
    button.ariaLabel = 'Clear'
  },
  // axe, serious: the name of a menu does not contain its text.
  '[aria-haspopup="menu"][aria-label]': (button) => button.removeAttribute('aria-label'),
  // Links of the sidebar lead nowhere in a new tab.
  'a[data-discover][href^="/"]': (link) => link.setAttribute('href', `#${link.getAttribute('href')}`),
  // Tables are too wide for a phone: each cell carries the name of its column, as in the plain reference.
  '#redoc table.md td:not([data-label])': (cell) => {
    cell.dataset.label = cell.closest('table').rows[0].cells[cell.cellIndex].textContent
  },
  // Code in descriptions has no copy button.
  '#redoc [data-section-id]:not([data-item-kind]) pre:not(:has(.copy))': (pre) => {
    const code = find('code', pre) ?? pre
    pre.prepend(copyButton('Copy', code.textContent, code))
  },
}

function patch() {
  for (const [selector, correct] of Object.entries(patches)) {
    for (const element of all(selector)) correct(element)
  }
  for (const [address, markdown] of markdownOfCalls) {
    const place = find(`#redoc [data-section-id="${address}"] [data-component-name="Markdown/Markdown"]`)
    if (place && !find('.copy', place)) place.prepend(copyButton('Copy as Markdown', markdown))
  }
}

// Redoc 3.0.1 draws a section when it comes near the screen. Find in page and screen readers need all of them. In a frame of
// another origin, the margin applies to the document only.
window.IntersectionObserver = class extends IntersectionObserver {
  constructor(seen, options) {
    const everywhere = { ...options, root: self === top ? null : document, rootMargin: '1000000px' }
    super(seen, options?.rootMargin ? everywhere : options)
  }
}

watchReader()
let frame = 0
new MutationObserver(() => {
  setMedia()
  patch()
  // In the next frame, so that earlier events of the reader are handled first.
  cancelAnimationFrame(frame)
  frame = requestAnimationFrame(update)
}).observe(document.documentElement, {
  childList: true,
  subtree: true,
  characterData: true,
  attributeFilter: ['href', 'aria-label'],
})
