/** A host of a test: the core beside it is asked what the page asks, and a test looks on and holds back through it. */
export class Host {
  core;

  get asked() {
    return this.core.asked;
  }

  answerNext(text) {
    this.core.answerNext(text);
  }

  holdAnswers() {
    return this.core.holdAnswers();
  }

  serverHearsNothing() {
    return this.core.serverHearsNothing();
  }
}
