export interface TokenPair {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

interface Parts {
  /** Opaque and never the same twice. */
  newSecret: () => string;
  now: () => Date;
  accessTokenSeconds: number;
}

/** The codes and tokens given out. A refresh token works once: using it ends it and gives the next. */
export class TokenBook {
  readonly #parts: Parts;
  readonly #codes = new Map<string, { redirectUri: string }>();
  #access = new Map<string, { untilMs: number }>();
  #refresh: string | null = null;
  /** How often a pair was given for a refresh token. */
  refreshes = 0;
  /** How often somebody came with a refresh token that was used before. */
  replays = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  giveCode(redirectUri: string): string {
    const code = this.#parts.newSecret();
    this.#codes.set(code, { redirectUri });
    return code;
  }

  /** Null for a code that is unknown, used, or was given for another address. */
  redeemCode(code: string, redirectUri: string): TokenPair | null {
    const given = this.#codes.get(code);
    this.#codes.delete(code);
    return given?.redirectUri === redirectUri ? this.#givePair() : null;
  }

  redeemRefreshToken(token: string): TokenPair | null {
    if (token !== this.#refresh) {
      this.replays += 1;
      return null;
    }
    this.refreshes += 1;
    return this.#givePair();
  }

  isValid(accessToken: string): boolean {
    const untilMs = this.#access.get(accessToken)?.untilMs;
    return untilMs !== undefined && untilMs > this.#parts.now().getTime();
  }

  /** Ends every access token; the refresh token stays. */
  expireAccess(): void {
    this.#access = new Map();
  }

  /** The app was taken out of the location. */
  revokeAll(): void {
    this.expireAccess();
    this.#refresh = null;
  }

  #givePair(): TokenPair {
    const { newSecret, now, accessTokenSeconds } = this.#parts;
    const pair = { accessToken: newSecret(), refreshToken: newSecret(), expiresInSeconds: accessTokenSeconds };
    this.#access.set(pair.accessToken, { untilMs: now().getTime() + accessTokenSeconds * 1000 });
    this.#refresh = pair.refreshToken;
    return pair;
  }
}
