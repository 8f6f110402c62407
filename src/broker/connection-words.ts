/** By which names errors tell a person what to change: those of settings, or of a command's options. */
export interface ConnectionWords {
  readonly url: string;
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  /** Whose certificate ours is. */
  readonly own: string;
}

export const SETTINGS_WORDS: ConnectionWords = {
  url: 'broker.url',
  ca: 'broker.ca',
  certificate: 'broker.certificate',
  key: 'broker.key',
  own: "this camera's certificate",
};
