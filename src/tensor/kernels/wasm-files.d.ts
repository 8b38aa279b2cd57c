/** Compiled kernels come into the bundles as bytes. */
declare module "*.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}
