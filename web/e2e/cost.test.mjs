// What the widget does within the events that visitors wait for; `make bench` prints how long that takes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { timeForm } from "./bench/handlers.mjs";
import { LIMIT, world } from "./harness.mjs";

const w = world();

test("handlers of the widget run in each event", LIMIT, async (t) => {
  const { times, pressed, fields } = await timeForm(t, w, "timed@cost.test");
  assert.equal(times.input.length, pressed, "each key press, each choice");
  assert.equal(times.change.length, fields, "each field that was changed");
  assert.equal(times.submit.length, 1);
});
