// Makes deliberate mistakes in shared/, one at a time, and checks that a test fails for each.
//   node .ci/mutants.mjs          all of them; exits 1 when one survives
//   node .ci/mutants.mjs WORD…    those with one of the words in their group or name
// The mistakes are listed in mutants/: {group, file, [also], [skip], mistakes: [{name, from, to}]}.
// "from" must occur exactly once in the file, so that the list stays true to the code. The tests of
// the file's own package are run, then those of "also"; "skip" names tests that would notice any
// change at all. The files themselves are never touched: go test gets an overlay.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { earning } from "./mutants/earning.mjs";
import { judging } from "./mutants/judging.mjs";
import { lifecycle } from "./mutants/lifecycle.mjs";
import { reading } from "./mutants/reading.mjs";

const atOnce = 2;
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

// The same random histories for each mistake, and no file left behind by a failure.
const flags = { "./shared/lifecycle": ["-rapid.seed=1", "-rapid.nofailfile", "-rapid.shrinktime=100ms"] };

const words = process.argv.slice(2);
const chosen = [...earning, ...judging, ...reading, ...lifecycle]
	.flatMap(({ mistakes, ...rest }) => mistakes.map((mistake) => ({ also: [], skip: "", ...rest, ...mistake })))
	.filter((m) => words.length === 0 || words.some((word) => `${m.group} ${m.name}`.includes(word)));

function mutated({ file, from, to }) {
	return readFileSync(join(root, file), "utf8").split(from).join(to);
}

// stale says what is wrong with a mistake, or "".
function stale({ group, name, file, from, to }) {
	const times = readFileSync(join(root, file), "utf8").split(from).length - 1;
	if (times !== 1) return `${group}: ${name}: its "from" occurs ${times} times in ${file}, not once`;
	return from === to ? `${group}: ${name}: changes nothing` : "";
}

function goTest(folder, args) {
	const command = ["test", "-count=1", "-failfast", "-vet=off", "-timeout=100s", ...args, folder, ...(flags[folder] ?? [])];
	return new Promise((done, fail) => {
		const child = spawn("go", command, { cwd: root, env: { ...process.env, GOWORK: "off" } });
		let out = "";
		child.stdout.on("data", (data) => (out += data));
		child.stderr.on("data", (data) => (out += data));
		child.on("error", fail);
		child.on("close", (code) => done({ failed: code !== 0, out }));
	});
}

const ownPackage = ({ file }) => `./${dirname(file)}`;

// attempt gives the outcome for one mistake: {killed} with a test's name, {broken} with the compiler's
// words, or {} when every test passed.
async function attempt(mistake, overlay) {
	const args = [`-overlay=${overlay}`, ...(mistake.skip ? [`-skip=${mistake.skip}`] : [])];
	for (const folder of [ownPackage(mistake), ...mistake.also]) {
		const { failed, out } = await goTest(folder, args);
		if (!failed) continue;
		const test = out.match(/--- FAIL: (\S+)/)?.[1] ?? out.match(/running tests:\s+(\S+)/)?.[1];
		if (!test) return { broken: out.trim() };
		return { killed: out.includes("panic: test timed out") ? `${test}, which never ended` : test };
	}
	return {};
}

async function worker(temporary, number, queue, tally) {
	const copy = join(temporary, `${number}.go`);
	const overlay = join(temporary, `${number}.json`);
	for (let mistake = queue.shift(); mistake; mistake = queue.shift()) {
		writeFileSync(copy, mutated(mistake));
		writeFileSync(overlay, JSON.stringify({ Replace: { [join(root, mistake.file)]: copy } }));
		const { killed, broken } = await attempt(mistake, overlay);
		tally[killed ? "killed" : broken ? "broken" : "survived"]++;
		const outcome = killed ? `killed by ${killed}` : broken ? `BROKEN\n${broken}` : "SURVIVED";
		console.log(`${mistake.group}: ${mistake.name}: ${outcome}`);
	}
}

// sound fails unless every package that is tested passes as it is.
async function sound() {
	for (const folder of new Set(chosen.flatMap((m) => [ownPackage(m), ...m.also]))) {
		const { failed, out } = await goTest(folder, []);
		if (failed) throw new Error(`${folder} fails without any mistake:\n${out}`);
	}
}

const temporary = mkdtempSync(join(tmpdir(), "mutants-"));
try {
	if (chosen.length === 0) throw new Error("no mistake has such a word");
	const wrong = chosen.map(stale).filter(Boolean);
	if (wrong.length > 0) throw new Error(`mend the list\n${wrong.join("\n")}`);
	await sound();
	const began = Date.now();
	const tally = { killed: 0, survived: 0, broken: 0 };
	const queue = [...chosen];
	await Promise.all(Array.from({ length: atOnce }, (_, number) => worker(temporary, number, queue, tally)));
	const seconds = Math.round((Date.now() - began) / 1000);
	console.log(`${chosen.length} mistakes: ${tally.killed} killed, ${tally.survived} survived, ${tally.broken} broken, in ${seconds} s`);
	if (tally.killed < chosen.length) process.exitCode = 1;
} catch (error) {
	console.error(`mutants: ${error.message}`);
	process.exitCode = 1;
} finally {
	rmSync(temporary, { recursive: true });
}
