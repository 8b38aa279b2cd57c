/** Files that could not be checked, told where errors are told. */
import type { FailedFile } from "../report/checked";
import type { Host } from "./host";

export function tellFailure({ path, message }: FailedFile, host: Host): void {
  host.err.write(`gradcheck: ${path}: ${message}\n`);
}
