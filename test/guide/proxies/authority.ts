import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

interface Authority {
  /** The path of its own certificate, which no runtime trusts by itself. */
  caFile: string;
  /** A server's key, and its certificate from this authority. */
  key: string;
  cert: string;
}

/** Creates an authority that nobody knows, and a certificate of a server from it; `openssl` has to be on the PATH. */
export async function makeAuthority(folder: string, names: readonly string[]): Promise<Authority> {
  const openssl = (...args: string[]) => promisify(execFile)("openssl", args, { cwd: folder });
  const makeKey = (file: string) =>
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", file);
  await Promise.all([makeKey("ca.key"), makeKey("server.key")]);
  await openssl(..."req -x509 -new -key ca.key -subj /CN=ca -days 2 -out ca.pem".split(" "));
  await openssl(..."req -new -key server.key -subj /CN=server -out server.csr".split(" "));
  await writeFile(join(folder, "server.ext"), `subjectAltName=${names.join(",")}\n`);
  const sign = "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2";
  await openssl(...`${sign} -extfile server.ext -out server.pem`.split(" "));
  const [key, cert] = await Promise.all(
    ["server.key", "server.pem"].map((file) => readFile(join(folder, file), "utf8")),
  );
  return { caFile: join(folder, "ca.pem"), key: key ?? "", cert: cert ?? "" };
}
