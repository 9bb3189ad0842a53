/** Hides everything from whoever looks over a shoulder. */
class Cover {
  down = $state(false);
  #before: HTMLElement | null = null;

  hideWhenLeft(): void {
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.hide();
    });
  }

  hide(): void {
    if (this.down) return;
    this.#before = document.activeElement as HTMLElement | null;
    this.down = true;
  }

  /** Shows the screen again, with the cursor where it was. */
  show(): void {
    this.down = false;
    setTimeout(() => this.#before?.focus({ preventScroll: true }));
  }
}

export const cover = new Cover();
