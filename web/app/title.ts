// The document's title: the screen's name, and for a while what just happened.
const PERIOD = 1000;
/** A person who is looking at the page needs no more than this many turns. */
const TURNS_IN_VIEW = 6;

let screen = "Assay";
let timer = 0;

/** Names the screen that is shown. */
export function setTitle(name: string) {
  screen = `${name} · Assay`;
  if (!timer) document.title = screen;
}

/** Takes turns between some news and the screen's name until the person comes back to the page. */
export function flashTitle(news: string) {
  let turns = 0;
  clearInterval(timer);
  const turn = () => {
    if (document.hasFocus() && turns >= TURNS_IN_VIEW) return calm();
    document.title = turns++ % 2 ? screen : `● ${news}`;
  };
  timer = window.setInterval(turn, PERIOD);
  turn();
}

function calm() {
  clearInterval(timer);
  timer = 0;
  document.title = screen;
}

for (const type of ["focus", "pointerdown", "keydown"]) addEventListener(type, calm);
