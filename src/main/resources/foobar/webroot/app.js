// Wires the page: who is signed in, the live stream, the notices, the footer.

import * as api from './api.js';
import {Composer} from './composer.js';
import {Feed} from './feed.js';

const SESSION_CHECK = 10 * 60_000;
const CATCH_UP = 60_000;

const $ = (id) => document.getElementById(id);
const feed = new Feed();
const composer = new Composer({
  posted: (message) => feed.show(message, true),
  signedOut: () => show({id: null, name: null}, 'You have been signed out; sign in again to post.'),
});

let user = {id: null, name: null};

function show(newUser, error = '') {
  user = newUser;
  $('account').hidden = !user.id;
  $('account-name').textContent = user.name ?? '';
  $('sign-in').hidden = Boolean(user.id);
  $('sign-in-error').textContent = error;
  $('composer').hidden = !user.id;
  feed.ownedBy(user.id);
}

$('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    show(await api.signIn($('name').value));
    $('text').focus();
  } catch (failure) {
    $('sign-in-error').textContent = failure.message;
  }
});

$('sign-out').addEventListener('click', async () => {
  try {
    await api.signOut();
    show({id: null, name: null});
  } catch (failure) {
    notice(failure.message);
  }
});

function notice(text) {
  $('notice').textContent = text ?? '';
  $('notice').hidden = !text;
}

api.onAnswer(({nodes, trouble}) => {
  if (nodes?.some(([, name]) => name)) {
    $('nodes').textContent = nodes.filter(([, name]) => name).map(([tier, name]) => `${tier} ${name}`).join(' · ');
  }
  if (trouble !== undefined) {
    notice(trouble);
  }
});

function live(on) {
  $('live').textContent = on ? 'live' : 'connecting';
  $('live').classList.toggle('on', on);
}

function listen() {
  const events = new EventSource('/api/events');
  // The stream replays nothing, so each time it opens the page asks for what it has missed.
  events.addEventListener('open', () => { live(true); feed.catchUp(); });
  events.addEventListener('posted', (event) => feed.show(JSON.parse(event.data), true));
  events.addEventListener('deleted', (event) => feed.drop(JSON.parse(event.data).id));
  events.addEventListener('error', () => {
    live(false);
    if (events.readyState === EventSource.CLOSED) { // an answer such as 503 makes the browser give up
      setTimeout(listen, 2000 + Math.random() * 1000);
    }
  });
}

/** How many pages are open. A connection that ends, as with 1012 when its node stops, is made again. */
function count() {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/presence`);
  socket.addEventListener('message', (event) => {
    const {here} = JSON.parse(event.data);
    $('presence').textContent = here === 1 ? '1 person here' : `${here} people here`;
    $('presence').hidden = false;
  });
  socket.addEventListener('close', () => {
    $('presence').hidden = true;
    setTimeout(count, 1000 + Math.random() * 1000);
  });
}

async function checkSession() {
  const now = await api.whoAmI();
  if (now.id !== user.id || now.name !== user.name) {
    show(now);
  }
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    feed.catchUp();
    checkSession();
  }
});
setInterval(() => user.id && checkSession(), SESSION_CHECK); // also keeps the session from ending while the page is open
setInterval(() => document.hidden || feed.catchUp(), CATCH_UP);

feed.catchUp();
listen();
count();
show(await api.whoAmI());
