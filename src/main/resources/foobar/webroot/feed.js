// The list of messages, newest first.

import * as api from './api.js';

const PAGE = 20;
const CATCH_UP_PAGE = 100;
const CATCH_UP_PAGES = 5;
const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'])/;

const $ = (id) => document.getElementById(id);
const relative = new Intl.RelativeTimeFormat(undefined, {numeric: 'auto', style: 'short'});

export class Feed {
  #items = new Map(); // id → element
  #deleted = new Set(); // a page that was asked for before a deletion must not bring the message back
  #next = null; // where older messages begin, null if there are none
  #user = null;
  #catchingUp = null;
  #unseen = 0;

  constructor() {
    $('older').addEventListener('click', () => this.older());
    new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.older(), {rootMargin: '400px'})
      .observe($('older'));
    $('fresh').addEventListener('click', () => {
      scrollTo({top: 0, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'});
      this.#seen();
    });
    addEventListener('scroll', () => scrollY < 200 && !document.hidden && this.#seen(), {passive: true});
    document.addEventListener('visibilitychange', () => scrollY < 200 && !document.hidden && this.#seen());
    setInterval(() => this.#items.forEach((item) => tick(item.querySelector('time'))), 30_000);
  }

  ownedBy(user) {
    this.#user = user;
    this.#items.forEach((item) => this.#offerDeletion(item));
  }

  /** Shows a message at its place; one that has just been posted is announced if it can't be seen. */
  show(message, isNew = false) {
    if (this.#items.has(message.id) || this.#deleted.has(message.id)) {
      return;
    }
    const item = this.#render(message);
    this.#items.set(message.id, item);
    const after = [...$('feed').children].find((other) => Number(other.dataset.id) < message.id);
    $('feed').insertBefore(item, after ?? null);
    $('empty').hidden = true;
    if (isNew) {
      item.classList.add('new');
      this.#announce(message);
    }
  }

  drop(id) {
    this.#deleted.add(id);
    this.#items.get(id)?.remove();
    this.#items.delete(id);
    this.#settle();
  }

  /** Brings the list up to date: shows what was posted in the meantime, drops what was deleted. One at a time. */
  catchUp() {
    this.#catchingUp ??= this.#catchUp().finally(() => { this.#catchingUp = null; });
    return this.#catchingUp;
  }

  async #catchUp() {
    const known = [...this.#items.keys()];
    const oldest = Math.min(...known);
    const found = new Set();
    let before = null;
    for (let pages = 0; pages < CATCH_UP_PAGES; pages++) {
      const page = await api.list(known.length ? CATCH_UP_PAGE : PAGE, before);
      page.messages.forEach((message) => { found.add(message.id); this.show(message); });
      before = page.next;
      if (before === null || before <= oldest || !known.length) {
        break;
      }
    }
    known.filter((id) => !found.has(id) && (before === null || id >= before)).forEach((id) => this.drop(id));
    this.#continueFrom(before, oldest);
    this.#settle();
  }

  /** Where older messages begin. If too much was missed, that is where the newest pages end, and what was shown below is dropped. */
  #continueFrom(before, oldest) {
    if (before !== null && before <= oldest && oldest !== Infinity) {
      return;
    }
    this.#next = before;
    [...this.#items].filter(([id]) => id < before).forEach(([id, item]) => {
      item.remove();
      this.#items.delete(id);
    });
  }

  async older() {
    if (this.#next === null || $('older').disabled) {
      return;
    }
    $('older').disabled = true;
    const page = await api.list(PAGE, this.#next);
    page.messages.forEach((message) => this.show(message));
    this.#next = page.next;
    $('older').disabled = false;
    this.#settle();
  }

  #settle() {
    $('older').hidden = this.#next === null;
    $('empty').hidden = this.#items.size > 0 || this.#next !== null;
  }

  #render(message) {
    const item = $('message').content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(name);
    item.dataset.id = message.id;
    item.dataset.author = message.authorId;
    part('.avatar').textContent = [...message.author][0].toUpperCase();
    part('.avatar').style.setProperty('--hue', parseInt(message.authorId.slice(0, 4), 16) % 360 || 0);
    part('.author').textContent = message.author;
    part('time').dateTime = message.created;
    part('time').title = new Date(message.created).toLocaleString();
    tick(part('time'));
    part('.text').append(...linked(message.text));
    if (message.picture) {
      part('.picture').href = message.picture;
      part('.picture').hidden = false;
      part('.picture img').src = message.picture;
      part('.picture img').alt = `Picture by ${message.author}`;
    }
    part('.delete').addEventListener('click', () => this.#delete(message.id, part('.delete')));
    this.#offerDeletion(item);
    return item;
  }

  #offerDeletion(item) {
    item.querySelector('.delete').hidden = item.dataset.author !== this.#user;
  }

  async #delete(id, button) {
    if (!button.classList.contains('sure')) {
      button.classList.add('sure');
      button.textContent = 'Really delete?';
      button.addEventListener('blur', () => calm(button), {once: true});
      return;
    }
    button.disabled = true;
    try {
      await api.remove(id);
      this.drop(id);
    } catch (failure) {
      button.disabled = false;
      button.textContent = failure.message;
    }
  }

  #announce(message) {
    if (message.authorId === this.#user || (scrollY < 200 && !document.hidden)) {
      return;
    }
    this.#unseen++;
    $('fresh').textContent = this.#unseen === 1 ? '1 new message' : `${this.#unseen} new messages`;
    $('fresh').hidden = false;
    document.title = `(${this.#unseen}) foobar`;
  }

  #seen() {
    this.#unseen = 0;
    $('fresh').hidden = true;
    document.title = 'foobar';
  }
}

function calm(button) {
  button.classList.remove('sure');
  button.textContent = 'Delete';
}

/** The text with its addresses as links. */
function linked(text) {
  return text.split(LINK).map((piece, index) => {
    if (index % 2 === 0) {
      return piece;
    }
    const link = document.createElement('a');
    link.href = piece;
    link.rel = 'noopener nofollow ugc';
    link.target = '_blank';
    link.textContent = piece;
    return link;
  });
}

function tick(time) {
  const seconds = Math.max(0, (Date.now() - new Date(time.dateTime)) / 1000);
  const [unit, size] = [['day', 86_400], ['hour', 3600], ['minute', 60]].find(([, least]) => seconds >= least) ?? [];
  const date = new Date(time.dateTime);
  if (!unit) {
    time.textContent = 'now';
  } else {
    time.textContent = seconds > 7 * 86_400 ? date.toLocaleDateString() : relative.format(-Math.floor(seconds / size), unit);
  }
}
