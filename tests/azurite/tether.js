"use strict";

// Preloaded into Azurite (node -r). Standard input is the tether to the test run: the system cuts it however that run ends, and no server
// is left behind even by a run that was killed.
process.stdin.on("close", () => process.exit(0)).resume();
