// Names for controls that Redoc leaves without one.
const name = () => {
  for (const control of document.querySelectorAll('button:not([aria-label])')) {
    if (!control.textContent.trim()) control.setAttribute('aria-label', control.title || 'Open')
  }
}
new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true })
