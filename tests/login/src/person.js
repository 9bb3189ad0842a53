// Somebody at a browser: follows the address to the provider, logs in there, and is sent back to this computer.
//   node src/person.js ADDRESS ACCOUNT LEVEL
// Prints the last address and what was answered there, 0 where nobody listens; `-` as the account says no.
const [address, account, level] = process.argv.slice(2);
const issuer = new URL(address).origin;
const cookies = new Map();

function remember(response) {
  for (const line of response.headers.getSetCookie()) {
    const [pair, ...rest] = line.split(";").map((part) => part.trim());
    const [name, value] = pair.split(/=(.*)/);
    const path = rest.find((part) => part.toLowerCase().startsWith("path="))?.slice(5) ?? "/";
    cookies.set(`${path} ${name}`, { name, value, path });
  }
}

function shown(url) {
  return [...cookies.values()]
    .filter((cookie) => cookie.value && url.pathname.startsWith(cookie.path))
    .map((cookie) => `${cookie.name}=${cookie.value}`)
    .join("; ");
}

let url = new URL(address);
for (let turn = 0; turn < 12; turn += 1) {
  if (url.origin !== issuer) {
    const there = await fetch(url).catch(() => null);
    console.log(JSON.stringify({ url: url.href, status: there?.status ?? 0, body: (await there?.text()) ?? "" }));
    process.exit(0);
  }
  const headers = { cookie: shown(url), "x-level": level, ...(account === "-" ? {} : { "x-account": account }) };
  const response = await fetch(url, { headers, redirect: "manual" });
  const next = response.headers.get("location");
  if (!next) {
    console.log(JSON.stringify({ url: url.href, status: response.status, body: await response.text() }));
    process.exit(0);
  }
  remember(response);
  url = new URL(next, url);
}
console.error("sent round and round");
process.exit(1);
