"use strict";

// Preloaded into Azurite (node -r). A request with the header x-test-now (milliseconds since 1970) is answered as if that were the time:
// leases expire and messages become visible when the clock of a test says so, and no test has to sleep. Other requests see the real time.

const { AsyncLocalStorage } = require("node:async_hooks");
const http = require("node:http");

const times = new AsyncLocalStorage();
const RealDate = Date;

// Date.now stays real on purpose. Azurite stamps the bytes it stores with it, and its real-time sweep spares what was stored just now;
// stamped with a test's past, they could be swept before the message or blob that names them is stored.
globalThis.Date = new Proxy(RealDate, {
  construct: (date, values, caller) =>
    Reflect.construct(date, values.length === 0 ? [times.getStore() ?? RealDate.now()] : values, caller),
});
RealDate.prototype.constructor = globalThis.Date;

// The ETag of an entity is its time followed by the first four digits of the nanoseconds, and that of a blob its time multiplied by a
// random number. While time stands still, two versions could get one ETag; counting keeps them apart.
let count = 0;
const hrtime = process.hrtime;
const random = Math.random;
process.hrtime = Object.assign(
  (since) => (times.getStore() === undefined || since ? hrtime(since) : [0, 1e8 + (count++ % 9000) * 1e5]), { bigint: hrtime.bigint });
Math.random = () => (times.getStore() === undefined ? random() : (count++ * 0.6180339887498949) % 1);

const serve = http.Server.prototype.emit;
http.Server.prototype.emit = function (name, request, ...rest) {
  const now = name === "request" ? Number(request.headers["x-test-now"] ?? NaN) : NaN;
  const raise = () => serve.call(this, name, request, ...rest);

  // Azurite joins the pieces of a JSON body as text, each decoded for itself: a Cyrillic letter cut in two would become garbage.
  if (name === "request" && request.headers["content-type"] === "application/json") {
    request.setEncoding("utf8");
  }

  return Number.isNaN(now) ? raise() : times.run(now, raise);
};
