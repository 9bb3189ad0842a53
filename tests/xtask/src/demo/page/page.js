const PLACES = ["first", "second"];
const POLL_MS = 1000;
const SHOWN_ROWS = 60;
const KINDS = {
  change_set: "ændringer",
  cold_bundle: "samling",
  key_record: "nøgle",
  grant: "adgang",
  revoke: "spærring",
  erase: "sletning",
  certificate: "ny enhed",
  read_log: "læselog",
  fact_batch: "tal",
};
/** Words of notes and names; the last one the server knows, and may. */
const TRY = ["Marianne", "Åse Møller", "Københavns Kommune"];
/** The readable frame of an envelope ends here; then comes the sealed body. In digits of hex. */
const FRAME_END = 2 * 164;
const SHOWN = 2 * 32;

const number = (value) => value.toLocaleString("da");
const size = (bytes) =>
  bytes < 1000 ? `${bytes} byte` : bytes < 1e6 ? `${number(Math.round(bytes / 1000))} kB` : `${number(Math.round(bytes / 1e5) / 10)} MB`;
const short = (id) => id.slice(0, 6);
const one = (id) => document.getElementById(id);

let last = 0;

/** One phone: its frame, its network switch, its battery. */
class Phone {
  constructor(place, state) {
    this.key = state.key;
    this.box = one(place);
    this.box.append(one("phone").content.cloneNode(true));
    this.box.dataset.test = `phone-${state.key}`;
    this.frame = this.box.querySelector("iframe");
    this.frame.title = `${state.name}s telefon`;
    this.network = this.box.querySelector(".network");
    this.network.dataset.test = `network-${state.key}`;
    this.battery = this.box.querySelector(".battery");
    this.battery.dataset.test = `battery-${state.key}`;
    this.box.querySelector("[data-name]").textContent = state.name;
    this.box.querySelector("[data-title]").textContent = state.title;
    this.box.querySelector("[data-device]").textContent = short(state.device);
    this.traffic = this.box.querySelector("[data-traffic]");
    this.network.addEventListener("click", () => void this.act(this.online ? "off" : "on"));
    this.battery.addEventListener("click", () => void this.losePower());
    this.box.hidden = false;
    this.show(state);
  }

  show(state) {
    this.online = state.online;
    this.box.classList.toggle("offline", !state.online);
    this.network.setAttribute("aria-checked", String(state.online));
    this.network.querySelector(".word").textContent = state.online ? "Netværk til" : "Netværk fra";
    this.traffic.textContent = `${size(state.up)} op, ${size(state.down)} ned`;
    if (this.address !== state.frame) this.frame.src = this.address = state.frame;
  }

  async act(what) {
    const answer = await fetch(`phone/${this.key}/${what}`, { method: "POST" });
    if (answer.ok) this.show(await answer.json());
  }

  async losePower() {
    if (this.battery.ariaDisabled === "true") return;
    this.battery.ariaDisabled = "true";
    await this.act("lose-power").finally(() => (this.battery.ariaDisabled = "false"));
  }
}

const phones = [];

function element(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

const inFours = (hex) => hex.match(/.{1,8}/g)?.join(" ") ?? "";

/** One sealed envelope: where it stands, how large it is, who sent it, and what its bytes look like. */
function line(row, fresh) {
  const item = element("li", fresh ? "fresh" : "", "");
  const head = element("div", "row", "");
  head.append(
    element("span", "seq", number(row.seq)),
    element("span", "kind", KINDS[row.kind_word] ?? row.kind_word),
    element("span", "from", `enhed ${short(row.device)} · ${new Date(row.received).toLocaleTimeString("da")}`),
    element("span", "size", `${number(row.size)} byte`),
  );
  item.append(head, element("div", "hex frame", inFours(row.hex.slice(0, SHOWN))));
  item.append(element("div", "hex", inFours(row.hex.slice(FRAME_END, FRAME_END + SHOWN))));
  return item;
}

function showLog(log) {
  const list = one("log");
  const fresh = last > 0;
  list.prepend(...log.rows.map((row) => line(row, fresh)));
  while (list.children.length > SHOWN_ROWS) list.lastElementChild.remove();
  last = Math.max(last, ...log.rows.map((row) => row.seq));
  one("totals").textContent = `${number(log.count)} forseglede kuverter, ${size(log.bytes)}`;
}

function showPhones(states) {
  states.forEach((state, index) => {
    phones[index] ??= new Phone(PLACES[index], state);
    phones[index].show(state);
  });
}

async function poll() {
  try {
    const state = await (await fetch(`state?after=${last}`)).json();
    showPhones(state.phones);
    showLog(state.log);
    one("stopped").hidden = true;
  } catch {
    one("stopped").hidden = false;
  }
  setTimeout(poll, POLL_MS);
}

async function search(word) {
  const found = one("found");
  const answer = await (await fetch(`search?word=${encodeURIComponent(word)}`)).json();
  if (answer.too_short) {
    found.textContent = "Skriv mindst fire bogstaver; kortere ord står i tilfældige byte.";
    return;
  }
  const strong = document.createElement("strong");
  strong.textContent = `${number(answer.finds)} fund`;
  const where = ` af “${word.trim()}” i ${number(answer.files)} filer, ${size(answer.bytes)}, hver byte set efter.`;
  const excerpt = answer.excerpt ? ` Fx i ${answer.excerpt.file}: ${answer.excerpt.text}` : "";
  found.replaceChildren(strong, where, excerpt);
}

one("search").addEventListener("submit", (event) => {
  event.preventDefault();
  void search(one("word").value);
});

one("try").append("Prøv ", ...TRY.flatMap((word, index) => {
  const button = element("button", "", word);
  button.type = "button";
  button.addEventListener("click", () => {
    one("word").value = word;
    void search(word);
  });
  return index === 0 ? [button] : [index === TRY.length - 1 ? " eller " : ", ", button];
}));

new ResizeObserver(([header]) => {
  document.body.style.setProperty("--header", `${header.target.offsetHeight}px`);
}).observe(document.querySelector("header"));

void poll();
