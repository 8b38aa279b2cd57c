/** The `gradcheck` executable. */
import { loadEngine } from "../cli/engine";
import { processHost } from "../cli/host";
import { run } from "../cli/run";

// The status is set, not exited with, so that what is still to be written to a pipe is.
void run(process.argv.slice(2), processHost(), loadEngine).then((status) => {
  process.exitCode = status;
});
