// Keys for the queue, and selecting text in the reading view. Everything works without it too.
'use strict';

const OFF = 'holdall-keys-off';

function keysAreOff() {
  return sessionStorage.getItem(OFF) === '1';
}

function isTyping(target) {
  return target.closest('input, select, textarea, dialog[open]') !== null;
}

function target(key) {
  return document.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

// Goes to a field, or does what a link or a button does.
function act(element) {
  if (element.matches('input, select')) {
    element.focus();
  } else {
    element.click();
  }
}

// A note that was typed and not saved goes along with the decision.
function sendNote(event) {
  const field = document.querySelector('[data-note]');
  const form = event.target;
  if (!field || field.value === field.defaultValue) return;
  if (!form.matches('form[action="/queue/decide"]') || form.elements.id.value !== field.form.elements.id.value) return;
  for (const [name, value] of [['note', field.value], ['noted', field.form.elements.noted.value]]) {
    const hidden = document.createElement('input');
    hidden.type = 'hidden';
    hidden.name = name;
    hidden.value = value;
    form.append(hidden);
  }
}

// Keeping needs a reason: without one, the key goes where it is said.
function keep(button) {
  const reason = button.form.elements.reason;
  if (reason.value.trim() === '') {
    reason.focus();
  } else {
    button.click();
  }
}

function onKey(event) {
  if (event.key === 'Escape' && event.target.matches('input, select')) {
    event.target.blur();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (keysAreOff() || isTyping(event.target)) return;
  const element = target(event.key);
  if (!element) return;
  event.preventDefault();
  if (event.key === 'k') {
    keep(element);
  } else {
    act(element);
  }
}

function onHelp(event) {
  const help = document.getElementById('help');
  if (!help) return;
  event.preventDefault();
  help.showModal();
}

function setUpShortcuts(button) {
  const say = () => {
    button.textContent = keysAreOff() ? 'Turn the keys on' : 'Turn the keys off';
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    sessionStorage.setItem(OFF, keysAreOff() ? '0' : '1');
    say();
  });
  say();
}

// Where in a field's text a place of the page is, in Unicode scalar values. Each piece says where it
// starts; a piece that stands for one character that cannot be seen counts as that one.
function placeOf(node, offset, isEnd) {
  let piece = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset];
  if (node.nodeType !== Node.TEXT_NODE) {
    piece = piece && piece.nodeType === Node.ELEMENT_NODE ? piece.querySelector('[data-at]') || piece : null;
    return piece && piece.dataset.at !== undefined ? Number(piece.dataset.at) : null;
  }
  piece = piece.closest('[data-at]');
  if (!piece) return null;
  const start = Number(piece.dataset.at);
  if ('one' in piece.dataset) return isEnd ? start + 1 : start;
  return start + Array.from(node.data.slice(0, offset)).length;
}

// A selection in a field of the record becomes what the form takes out.
function onSelect(form) {
  const selection = document.getSelection();
  if (selection.isCollapsed || selection.rangeCount === 0) return;
  const range = selection.getRangeAt(0);
  const cellOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest('[data-cell]');
  const cell = cellOf(range.startContainer);
  if (!cell || cell !== cellOf(range.endContainer)) return;
  const start = placeOf(range.startContainer, range.startOffset, false);
  const end = placeOf(range.endContainer, range.endOffset, true);
  if (start === null || end === null || end <= start) return;
  form.elements.cell.value = cell.dataset.cell;
  form.elements.text.value = range.toString();
  form.elements.start.value = start;
  form.elements.end.value = end;
  form.querySelector('input[name="what"]').value = 'span';
}

function setUpSelecting(form) {
  document.addEventListener('selectionchange', () => onSelect(form));
  const typed = () => {
    form.querySelector('input[name="what"]').value = 'text';
  };
  form.elements.text.addEventListener('input', typed);
  form.elements.cell.addEventListener('change', typed);
}

document.addEventListener('keydown', onKey);
document.addEventListener('submit', sendNote);
document.querySelectorAll('[data-help]').forEach((link) => link.addEventListener('click', onHelp));
document.querySelectorAll('[data-shortcuts]').forEach(setUpShortcuts);
document.querySelectorAll('form[data-select]').forEach(setUpSelecting);
// The passage that is looked at is in sight in its list.
document.querySelectorAll('.list [aria-current]').forEach((link) => link.scrollIntoView({ block: 'nearest' }));
