// Holds every import in src against the table of layers in .dependency-cruiser.cjs.
import { spawnSync } from "node:child_process";

const cruise = "node_modules/dependency-cruiser/bin/dependency-cruise.mjs";
const { status } = spawnSync(process.execPath, [cruise, "--config", ".dependency-cruiser.cjs", "src"], { stdio: "inherit" });
process.exitCode = status ?? 1;
