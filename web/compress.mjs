// The compression that the server serves, so that build and budget measure the same bytes.
import { brotliCompressSync, gzipSync, constants } from "node:zlib";

/** Window, postfix bits and direct distances of brotli: what everybody takes, and what small files are tried with besides. */
export const USUAL = [[22, 0, 0]];
const SMALL = [...USUAL, ...[10, 14].flatMap((window) => [0, 1, 2].flatMap((postfix) => [0, 1].map((direct) => [window, postfix, direct])))];

/**
 * Small files are tried with several settings: they differ by some bytes, and which is best nobody can tell beforehand.
 * @param {Buffer} bytes
 */
export const brotli = (bytes, settings = bytes.length < 20_000 ? SMALL : USUAL) =>
  settings
    .map(([window, postfix, direct]) =>
      brotliCompressSync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_LGWIN]: window,
          [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
          [constants.BROTLI_PARAM_NDIRECT]: direct << postfix,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
    )
    .reduce((best, next) => (next.length < best.length ? next : best));

/** @param {Buffer} bytes */
export const gzip = (bytes) => gzipSync(bytes, { level: 9 });

/**
 * Files that are compressed already.
 * @param {string} name
 */
export const plain = (name) => /\.(png|jpe?g|webp|avif|woff2|ico)$/.test(name);
