const PLACE = "feltbog.settings";

export type Language = "da" | "en";

interface Stored {
  language: Language;
  initialsOnly: boolean;
}

/** How this person likes the screen. Nothing about citizens is ever stored here. */
class Settings {
  language = $state<Language>("da");
  initialsOnly = $state(false);

  constructor() {
    const stored = read();
    this.language = stored.language === "en" ? "en" : "da";
    this.initialsOnly = stored.initialsOnly === true;
  }

  speak(language: Language): void {
    this.language = language;
    this.#store();
  }

  showInitialsOnly(only: boolean): void {
    this.initialsOnly = only;
    this.#store();
  }

  #store(): void {
    localStorage.setItem(PLACE, JSON.stringify({ language: this.language, initialsOnly: this.initialsOnly }));
  }
}

function read(): Partial<Stored> {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? "{}") as Partial<Stored>;
  } catch {
    return {};
  }
}

export const settings = new Settings();
