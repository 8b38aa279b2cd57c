/** The tensor core: terms, their evaluation, and their derivatives. */
export * from "./build";
export * from "./calls";
export * from "./errors";
export { degreeBound } from "./degree";
export { gradient, jacobian, pullback } from "./differentiate";
export { field, PRIMES, type Field } from "./field";
export { dependsOn, rebuild, replace, topological } from "./graph";
export type { Kernels } from "./kernels/types";
export { freeName } from "./primitives/free";
export { callRule, callRules, mapRule, mapRules } from "./primitives/index";
export type { CallRule, Dense, MapRule, Mask } from "./primitives/types";
export { directional, jacobianForward, pushforward } from "./pushforward";
export { formatShape, sameShape, sizeOf, stridesOf, type Shape } from "./shape";
export { add, argsOf, callNode, constant, contract, isScalarConstant, isZero, map, resetTerms, scalar, variable, zeros } from "./term";
export type { Add, Call, Constant, Contract, MapTerm, Power, Term, Variable } from "./term";
