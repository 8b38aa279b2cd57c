/** `gradcheck explain` */
import { codes } from "../../report/codes";
import type { Host } from "../host";
import { pageOf } from "../pages";

export function explain(code: string | undefined, host: Host): number {
  if (code === undefined) {
    const width = Math.max(...codes.map(({ name }) => name.length));
    for (const { name, summary } of codes) host.out.write(`${name.padEnd(width)}  ${summary}\n`);
    return 0;
  }
  const page = pageOf(code.toLowerCase());
  if (page === undefined) {
    host.err.write(`gradcheck: there is no code ${code}; gradcheck explain lists them all\n`);
    return 2;
  }
  host.out.write(page);
  return 0;
}
