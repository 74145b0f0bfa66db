"use strict";

// A mail server for the tests: it listens on loopback, says on which port in its first line, and then one line of JSON for each mail it took.
// Options: --mode plain|starttls|tls, --cert and --key (PEM files), --user and --password, --auth (the one method that is offered),
// --rcpt 550|451 (its answer to every recipient), --size (most bytes of a mail).

const { readFileSync } = require("node:fs");
const { parseArgs } = require("node:util");
const { SMTPServer } = require("smtp-server");

// Standard input is the tether to the test run: the system cuts it however that run ends.
process.stdin.on("close", () => process.exit(0)).resume();

const names = ["mode", "cert", "key", "user", "password", "auth", "rcpt", "size"];
const { values: given } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: "string" }])) });
const say = (what, then) => process.stdout.write(JSON.stringify(what) + "\n", then);
const refusal = (responseCode, text) => Object.assign(new Error(text), { responseCode });

const server = new SMTPServer({
  name: "mail.example",
  secure: given.mode === "tls",
  hideSTARTTLS: given.mode !== "starttls",
  cert: given.cert && readFileSync(given.cert),
  key: given.key && readFileSync(given.key),
  logger: false,
  disableReverseLookup: true,
  authOptional: !given.user,
  disabledCommands: given.user ? [] : ["AUTH"],
  authMethods: given.auth ? [given.auth] : [],
  size: Number(given.size ?? 0),

  // The answer quotes the password, as no server should: what we say of it must not.
  onAuth: ({ username, password }, session, answer) =>
    username === given.user && password === given.password ? answer(null, { user: username }) : answer(refusal(535, `${username} ${password} is wrong`)),
  onRcptTo: ({ address }, session, answer) => answer(given.rcpt ? refusal(Number(given.rcpt), `${address} is not liked`) : null),
  onData: async (stream, session, answer) => {
    const pieces = [];
    for await (const piece of stream) {
      pieces.push(piece);
    }

    if (stream.sizeExceeded) {
      answer(refusal(552, "too large"));
      return;
    }

    // The client hears that its mail was taken when the line is written: the end of the process may come right then.
    const { mailFrom, rcptTo } = session.envelope;
    const mail = { from: mailFrom.address, to: rcptTo.map((to) => to.address), tls: session.secure, user: session.user || "", raw: Buffer.concat(pieces).toString("base64") };
    say(mail, () => answer());
  },
});

// A client that breaks off a handshake is an error here, and what some tests are about.
server.on("error", () => {});
server.listen(0, "127.0.0.1", () => say({ port: server.server.address().port }));
