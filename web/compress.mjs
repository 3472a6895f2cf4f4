// The compression that the server serves, so that build and budget measure the same bytes.
import { brotliCompressSync, gzipSync, constants } from "node:zlib";

/** @param {Buffer} bytes */
export const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

/** @param {Buffer} bytes */
export const gzip = (bytes) => gzipSync(bytes, { level: 9 });

/**
 * Files that are compressed already.
 * @param {string} name
 */
export const plain = (name) => /\.(png|jpe?g|webp|avif|woff2|ico)$/.test(name);
