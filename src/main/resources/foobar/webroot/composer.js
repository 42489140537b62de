// The form that posts a message, with a picture that is chosen, dropped or pasted.

import * as api from './api.js';

const MAX_TEXT = 2000;
const MAX_PICTURE = 10 * 1024 * 1024;
const TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

const $ = (id) => document.getElementById(id);

export class Composer {
  #picture = null;
  #key = null; // of the message as it stands: a second try of the same message posts it once
  #posted;
  #signedOut;

  constructor({posted, signedOut}) {
    this.#posted = posted;
    this.#signedOut = signedOut;
    $('text').value = sessionStorage.getItem('draft') ?? '';
    $('text').addEventListener('input', () => this.#edited());
    $('text').addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        $('composer').requestSubmit();
      }
    });
    $('text').addEventListener('paste', (event) => this.#take(event, event.clipboardData));
    $('composer').addEventListener('submit', (event) => this.#submit(event));
    $('composer').addEventListener('dragover', (event) => this.#drag(event));
    $('composer').addEventListener('dragleave', () => $('composer').classList.remove('drop'));
    $('composer').addEventListener('drop', (event) => {
      $('composer').classList.remove('drop');
      this.#take(event, event.dataTransfer);
    });
    $('picture').addEventListener('change', () => this.#attach($('picture').files[0] ?? null));
    $('preview-image').addEventListener('error', () => this.#refuse());
    $('preview-remove').addEventListener('click', () => this.#attach(null));
    this.#edited();
  }

  #drag(event) {
    if (event.dataTransfer.types.includes('Files')) {
      event.preventDefault();
      $('composer').classList.add('drop');
    }
  }

  #take(event, transfer) {
    if (transfer.files.length) {
      event.preventDefault();
      this.#attach(transfer.files[0]);
    }
  }

  #edited() {
    this.#key = null;
    const length = [...$('text').value.trim()].length;
    $('counter').textContent = length > MAX_TEXT - 300 ? `${MAX_TEXT - length}` : '';
    $('counter').classList.toggle('over', length > MAX_TEXT);
    $('post').disabled = length === 0 || length > MAX_TEXT;
    sessionStorage.setItem('draft', $('text').value);
  }

  #attach(file) {
    const error = file && refuse(file);
    $('composer-error').textContent = error ?? '';
    this.#key = null;
    this.#picture = error ? null : file;
    $('picture').value = '';
    URL.revokeObjectURL($('preview-image').src);
    $('preview').hidden = !this.#picture;
    if (this.#picture) {
      $('preview-image').src = URL.createObjectURL(this.#picture);
      $('preview-name').textContent = `${file.name}, ${(file.size / 1024 / 1024).toFixed(1)} MB`;
    }
  }

  /** What has the name of a picture, and is none that the browser can show. */
  #refuse() {
    if (this.#picture) {
      const { name } = this.#picture;
      this.#attach(null);
      $('composer-error').textContent = `${name} is no picture that can be shown.`;
    }
  }

  async #submit(event) {
    event.preventDefault();
    if ($('post').disabled) {
      return;
    }
    this.#busy(true);
    try {
      this.#key ??= newKey();
      this.#posted(await api.post($('text').value, this.#picture, this.#key));
      $('text').value = '';
      this.#attach(null);
    } catch (failure) {
      this.#failed(failure);
      return;
    } finally {
      this.#busy(false);
    }
    this.#edited();
    $('text').focus();
  }

  #failed(failure) {
    if (failure.status === 401) {
      this.#signedOut();
    } else {
      $('composer-error').textContent =
        failure instanceof api.Away ? 'The message is not posted yet. Press Post to try again.' : failure.message;
    }
  }

  #busy(busy) {
    $('post').disabled = busy;
    $('post').textContent = busy ? 'Posting…' : 'Post';
    $('text').readOnly = busy;
    $('composer').setAttribute('aria-busy', busy);
  }
}

/** crypto.randomUUID would need HTTPS. */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function refuse(file) {
  if (!TYPES.includes(file.type)) {
    return 'Only PNG, JPEG, GIF and WebP pictures can be attached.';
  }
  return file.size > MAX_PICTURE ? 'The picture is larger than 10 MB.' : null;
}
