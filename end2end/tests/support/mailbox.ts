// A real SMTP server (npm smtp-server) that demands STARTTLS and a password, and keeps what it receives.
import { writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { type AddressObject, type ParsedMail, simpleParser } from "mailparser";
import { generate } from "selfsigned";
import { SMTPServer } from "smtp-server";
import { eventually } from "./processes";

export interface Mail {
  to: string[];
  from: string;
  replyTo: string;
  subject: string;
  messageId: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

export interface Mailbox {
  host: string;
  port: number;
  user: string;
  password: string;
  /** PEM of the authority that signed the server's certificate. */
  authority: string;
  /** Everything received, in order. */
  mails: Mail[];
  /** The first mail for `to` that matches, among those received after `since` others; waits for it. */
  next(to: string, subject: RegExp, since?: number): Promise<Mail>;
  /** Writes everything received as JSON. */
  save(file: string): Promise<void>;
  stop(): Promise<void>;
}

async function certificate(): Promise<{ authority: string; key: string; cert: string }> {
  const day = 24 * 60 * 60 * 1000;
  const dates = { notBeforeDate: new Date(Date.now() - day), notAfterDate: new Date(Date.now() + 2 * day) };
  const authority = await generate([{ name: "commonName", value: "tests: authority" }], {
    ...dates,
    keySize: 2048,
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: "commonName", value: "localhost" }], {
    ...dates,
    keySize: 2048,
    algorithm: "sha256",
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
    ],
  });
  return { authority: authority.cert, key: leaf.private, cert: leaf.cert };
}

function addresses(field: AddressObject | AddressObject[] | undefined): string[] {
  return [field ?? []].flat().flatMap((group) => group.value.map((one) => one.address ?? ""));
}

function keep(parsed: ParsedMail): Mail {
  return {
    to: addresses(parsed.to),
    from: addresses(parsed.from)[0] ?? "",
    replyTo: addresses(parsed.replyTo)[0] ?? "",
    subject: parsed.subject ?? "",
    messageId: parsed.messageId ?? "",
    text: parsed.text ?? "",
    html: parsed.html || "",
    headers: Object.fromEntries(parsed.headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()])),
  };
}

export async function startMailbox(): Promise<Mailbox> {
  const { authority, key, cert } = await certificate();
  const [user, password] = ["portail", "mot de passe d’essai"];
  const mails: Mail[] = [];
  const server = new SMTPServer({
    key,
    cert,
    banner: "tests",
    onAuth(auth, _session, done) {
      if (auth.username === user && auth.password === password) done(null, { user });
      else done(new Error("wrong user or password"));
    },
    onData(stream, session, done) {
      simpleParser(stream).then(
        (parsed) => {
          if (!session.secure) return done(new Error("this server only takes mail over TLS"));
          mails.push(keep(parsed));
          return done();
        },
        (error: Error) => done(error),
      );
    },
  });
  server.on("error", () => {
    // A client that goes away in the middle is the client's business; the tests see the missing mail.
  });
  const listener = server.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return {
    host: "localhost",
    port,
    user,
    password,
    authority,
    mails,
    next: (to, subject, since = 0) =>
      eventually(`a mail to ${to} about ${subject}`, () =>
        mails.slice(since).find((mail) => mail.to.includes(to) && subject.test(mail.subject)),
      ),
    save: (file) => writeFile(file, JSON.stringify(mails, null, 2)),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The address in a mail's text that matches; the reader of the plain text must find it too. */
export function linkIn(mail: Mail, pattern: RegExp): string {
  const links = mail.text.match(/https?:\/\/[^\s<>"')\]]+/g) ?? [];
  const found = links.find((link) => pattern.test(link));
  if (!found) throw new Error(`no link ${pattern} in: ${mail.text}`);
  return found;
}

/** The code of a sign-in mail, without its space. */
export function codeIn(mail: Mail): string {
  const found = /(?<!\d)(\d{4})\s?(\d{4})(?!\d)/.exec(mail.text);
  if (!found) throw new Error(`no code in: ${mail.text}`);
  return `${found[1]}${found[2]}`;
}
