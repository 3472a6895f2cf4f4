// Looks into a built engine for the scripts beside it.
//   node inspect.mjs roots FILE        the exports to keep, as wasm-metadce reads them
//   node inspect.mjs sizes FILE [MAX]  raw and brotli bytes; fails on an import or on more than MAX
//                                      brotli bytes
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

// Exported by TinyGo's runtime for targets whose processor lacks them; nothing calls them here.
const unwanted = new Set(["fminimum", "fminimumf", "fmaximum", "fmaximumf"]);

function roots(module) {
	const kept = WebAssembly.Module.exports(module).filter((e) => !unwanted.has(e.name));
	const nodes = kept.map((e) => ({ name: `export ${e.name}`, export: e.name }));
	const outside = { name: "outside", root: true, reaches: nodes.map((n) => n.name) };
	console.log(JSON.stringify([outside, ...nodes]));
}

function sizes(module, bytes, max) {
	const imports = WebAssembly.Module.imports(module).map((i) => `${i.module}.${i.name}`);
	if (imports.length > 0) throw new Error(`the engine imports ${imports.join(", ")}`);
	const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
	const brotli = brotliCompressSync(bytes, { params }).length;
	console.log(`${bytes.length} bytes raw, ${brotli} brotli`);
	if (brotli > max) throw new Error(`the engine may have at most ${max} bytes brotli`);
}

const [command, file, max = Infinity] = process.argv.slice(2);
try {
	const bytes = readFileSync(file);
	const module = new WebAssembly.Module(bytes);
	if (command === "roots") roots(module);
	else if (command === "sizes") sizes(module, bytes, Number(max));
	else throw new Error(`unknown command ${command}`);
} catch (error) {
	console.error(`inspect: ${error.message}`);
	process.exitCode = 1;
}
