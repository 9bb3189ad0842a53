/** What a transport tells, kept until somebody looks for it. */
export class Ear {
  heard = [];
  #wanted = [];

  constructor(transport) {
    let alive, dead;
    this.alive = new Promise((resume) => (alive = resume));
    this.dead = new Promise((resume) => (dead = resume));
    this.stop = transport.listen(
      (event) => this.#hear(event),
      (yes) => (yes ? alive() : dead()),
    );
  }

  /** Waits for an event like this; there is one, or the test never ends. */
  hears(like) {
    if (this.heard.some(like)) return Promise.resolve();
    return new Promise((resume) => this.#wanted.push({ like, resume }));
  }

  #hear(event) {
    this.heard.push(event);
    this.#wanted = this.#wanted.filter(({ like, resume }) => !like(event) || resume());
  }
}
