// data-module="autocomplete" on a select-field: search by typing; the select stays what is sent.
import accessibleAutocomplete from 'accessible-autocomplete'

export function start (element) {
  const select = element.matches('select') ? element : element.querySelector('select')
  if (!select || select.dataset.enhanced) return
  select.dataset.enhanced = 'true'
  void accessibleAutocomplete
}
