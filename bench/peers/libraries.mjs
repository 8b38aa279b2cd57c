// Other libraries for the same product: each gives, for a size, a function that multiplies once. What does not load is left out.
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fill } from "../products.mjs";

const require = createRequire(import.meta.url);

const rows = (array, n) => Array.from({ length: n }, (_, i) => Array.from(array.subarray(i * n, (i + 1) * n)));

export const libraries = {
  "ml-matrix": async () => {
    const { Matrix } = await import("ml-matrix");
    return (n) => {
      const [a, b] = operands(n).map((x) => new Matrix(rows(x, n)));
      return () => a.mmul(b);
    };
  },
  mathjs: async () => {
    const { matrix, multiply } = await import("mathjs");
    return (n) => {
      const [a, b] = operands(n).map((x) => matrix(rows(x, n)));
      return () => multiply(a, b);
    };
  },
  "@stdlib dgemm": async () => {
    const { default: dgemm } = await import("@stdlib/blas-base-dgemm");
    return (n) => {
      const [a, b] = operands(n);
      const c = new Float64Array(n * n);
      return () => dgemm("row-major", "no-transpose", "no-transpose", n, n, n, 1, a, n, b, n, 0, c, n);
    };
  },
  "tfjs-wasm (float32)": async () => {
    const tf = await import("@tensorflow/tfjs-core");
    const { setWasmPaths, setThreadsCount } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
    setThreadsCount(1);
    if (!(await tf.setBackend("wasm"))) throw new Error("no wasm backend");
    await tf.ready();
    return (n) => {
      const [a, b] = operands(n).map((x) => tf.tensor2d(Float32Array.from(x), [n, n]));
      return () => tf.matMul(a, b).dispose();
    };
  },
  "onnxruntime-web (float64)": async () => {
    const ort = await import("onnxruntime-web");
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = "error";
    return async (n) => {
      const session = await ort.InferenceSession.create(productModel(n), { executionProviders: ["wasm"] });
      const [a, b] = operands(n).map((x) => new ort.Tensor("float64", x, [n, n]));
      return async () => {
        await session.run({ a, b });
      };
    };
  },
};

function operands(n) {
  return [fill(new Float64Array(n * n), 0, 1), fill(new Float64Array(n * n), 0, 2)];
}

/** An ONNX file of the one operation c = MatMul(a, b) on n×n float64: protobuf written by hand. */
function productModel(n) {
  const varint = (x) => (x < 128 ? [x] : [(x % 128) + 128, ...varint(Math.floor(x / 128))]);
  const number = (field, x) => [...varint(field * 8), ...varint(x)];
  const bytes = (field, content) => [...varint(field * 8 + 2), ...varint(content.length), ...content];
  const text = (field, string) => bytes(field, [...Buffer.from(string)]);
  const FLOAT64 = 11;
  const shape = [n, n].flatMap((size) => bytes(1, number(1, size)));
  const value = (name) => [...text(1, name), ...bytes(2, bytes(1, [...number(1, FLOAT64), ...bytes(2, shape)]))];
  const node = [...text(1, "a"), ...text(1, "b"), ...text(2, "c"), ...text(4, "MatMul")];
  const graph = [...bytes(1, node), ...text(2, "product"), ...bytes(11, value("a")), ...bytes(11, value("b")), ...bytes(12, value("c"))];
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ""), ...number(2, 13)])]);
}
